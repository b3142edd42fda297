// Finds out while a corpus is read whether it is UTF-8 at all. A few invalid bytes are damage, and are read as U+FFFD;
// a text with invalid bytes in more than a tenth of its lines is in another encoding, and all its words would be garbled.
import { isUtf8 } from 'node:buffer';
import { W2vError } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';
import { type EncodingName, encodingTitle, iconvCommand } from './encodings.ts';
import { guessEncoding } from './guess.ts';

const BLOCK = 1 << 16; // bytes that are worth checking at once
const EARLY = 1 << 22; // bytes after which much invalid text ends the reading
const SAMPLE = 1 << 16; // bytes to guess from
const MOST_INVALID = 0.1; // of the text, by lines
const FEW = 10; // invalid bytes: too few to tell
const LINE_FEED = 0x0a;

export interface Utf8Check {
  /** The next bytes of a file. Throws `not-text` when enough was read to know that it is not UTF-8. */
  add(bytes: Uint8Array, name: string): void;
  endFile(): void;
  /** The same when all is read, however little it is. */
  end(): void;
  /** The encoding that invalid lines seem to have; undefined if there are none, or they could be anything. */
  looksLike(): EncodingName | undefined;
}

export function createUtf8Check(): Utf8Check {
  let waiting: Buffer[] = [];
  let length = 0;
  let bytes = 0;
  let invalidLines = 0; // their bytes
  let replaced = 0; // what is not UTF-8 in them,
  let proper = 0; // and what is, beyond ASCII
  const sample: Buffer[] = [];
  let sampled = 0;
  let first = ''; // the first file with invalid lines
  let name = '';
  let early = true;

  function look(block: Buffer): void {
    bytes += block.length;
    if (isUtf8(whole(block))) return;
    for (let at = 0; at < block.length; ) {
      const line = block.subarray(at, block.indexOf(LINE_FEED, at) + 1 || block.length);
      const isCut = at === 0 || at + line.length === block.length;
      at += line.length;
      if (isUtf8(isCut ? whole(line) : line)) continue;
      if (first === '') first = name;
      invalidLines += line.length;
      if (sampled >= SAMPLE) continue;
      const part = Buffer.from(line.subarray(0, SAMPLE));
      for (const character of part.toString()) {
        if (character === '\ufffd') replaced++;
        else if (character > '\x7f') proper++;
      }
      sample.push(part);
      sampled += part.length;
    }
  }

  function flush(): void {
    if (length === 0) return;
    look(waiting.length === 1 ? waiting[0] : Buffer.concat(waiting));
    waiting = [];
    length = 0;
  }

  function decide(): void {
    if (replaced < FEW || proper > replaced || invalidLines <= MOST_INVALID * bytes) return;
    throw notUtf8(first, invalidLines / bytes, guessEncoding(Buffer.concat(sample)));
  }

  return {
    add(chunk, file) {
      name = file;
      const block = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      if (length === 0 && chunk.length >= BLOCK) look(block);
      else {
        waiting.push(Buffer.from(block)); // a copy: the memory of chunks is used again
        length += chunk.length;
        if (length >= BLOCK) flush();
      }
      if (!early || bytes < EARLY) return;
      early = false;
      decide();
    },
    endFile: flush,
    end() {
      flush();
      decide();
    },
    looksLike: () => (sampled === 0 ? undefined : guessEncoding(Buffer.concat(sample))),
  };
}

/** Without the parts of characters at both ends, where a text was cut. */
function whole(bytes: Buffer): Buffer {
  let start = 0;
  while (start < 3 && (bytes[start] & 0xc0) === 0x80) start++;
  let end = bytes.length;
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back];
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    if (needed > back) end = bytes.length - back;
    break;
  }
  return bytes.subarray(start, end);
}

function notUtf8(file: string, share: number, guess: EncodingName | undefined): W2vError {
  const looks = guess === undefined ? '' : `; it looks like ${encodingTitle(guess)}`;
  const name = guess ?? 'NAME';
  const [shown, converted] = file === '-' ? ['standard input', 'FILE'] : [quotable(file), quotable(file)];
  return new W2vError(
    'not-text',
    `${shown} is not UTF-8: ${Math.round(100 * share)} % of the text has bytes that are not${looks}`,
    `give { encoding: '${name}' }, or convert it: ${iconvCommand(guess, converted)}`,
  );
}
