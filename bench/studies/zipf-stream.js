// A text of any length whose words follow a Zipf law: seeded, the same bytes everywhere, made while it is read.
import { createRandom } from '../../build/base/random.js';

const LINE = 20; // words
const CHUNK = 1 << 20; // bytes

/**
 * Yields `tokens` words in lines of 20, as chunks of bytes that are valid until the next one. Word r of `types` words
 * has a probability of log(1 + 1/r) / log(1 + types), about 1/r. With `everyType` each second word is the next of all
 * types, so that all of them occur, if there are twice as many tokens.
 */
export function* zipfStream({ tokens, types, seed = 1, everyType = false }) {
  const random = createRandom(seed);
  const scale = Math.log(types + 1);
  const starts = new Uint32Array(types + 2);
  const letters = Buffer.alloc(8 * (types + 1));
  for (let r = 1; r <= types; r++) starts[r + 1] = starts[r] + letters.write(`w${r.toString(36)}`, starts[r], 'latin1');
  const chunk = Buffer.alloc(CHUNK + 64);
  let filled = 0;
  for (let token = 1; token <= tokens; token++) {
    const rank =
      everyType && token % 2 === 0 ? ((token / 2 - 1) % types) + 1 : Math.floor(Math.exp(random.float() * scale));
    for (let at = starts[rank]; at < starts[rank + 1]; at++) chunk[filled++] = letters[at];
    chunk[filled++] = token % LINE === 0 ? 0x0a : 0x20;
    if (filled < CHUNK) continue;
    yield chunk.subarray(0, filled);
    filled = 0;
  }
  yield chunk.subarray(0, filled);
}
