// Texts that w2v has split into tokens, for tools that split at spaces alone, and test sets for them.
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { decomposeHangul } from '../../build/base/jamo.js';
import { encodeCorpus } from '../../build/index.js';

const LINE_END = -1;
const AT_ONCE = 1 << 20; // entries
const LONGEST_LINE = 10_000; // words; gensim drops the rest of a line

/** Writes the tokens of a text, without rare words, as words between spaces: what was read, and in how many seconds. */
export async function tokensOf(text, options, file) {
  const started = performance.now();
  const corpus = await encodeCorpus([text], options);
  const seconds = (performance.now() - started) / 1000;
  const { words } = corpus.vocabulary;
  const target = openSync(file, 'w');
  const ids = new Int32Array(AT_ONCE);
  let inLine = 0;
  for (let at = 0; at < corpus.length; at += AT_ONCE) {
    const some = ids.subarray(0, corpus.read(at, ids, 0, AT_ONCE));
    let part = '';
    for (const id of some) {
      const ends = id === LINE_END || ++inLine === LONGEST_LINE;
      if (id !== LINE_END) part += inLine === 1 ? words[id] : ` ${words[id]}`;
      if (!ends) continue;
      if (inLine > 0) part += '\n';
      inLine = 0;
    }
    writeSync(target, part);
  }
  closeSync(target);
  const { tokens, source } = corpus;
  corpus.close();
  return { file, words, vocabulary: words.length, tokens, seconds, megabytesPerSecond: source.bytes / 1e6 / seconds };
}

/** A copy of a text, under the same name, with each Hangul syllable as three jamo. */
export function jamoCopy(source, folder) {
  const file = join(folder, 'jamo', basename(source));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, decomposeHangul(readFileSync(source, 'utf8').normalize('NFC')));
  return file;
}

/** The pairs, and as `common-...` those whose words all readings keep. */
export function pairSets(source, readings, folder) {
  const kept = readings.map(({ words }) => new Set(words));
  const lines = readFileSync(source, 'utf8')
    .replace(/^\ufeff/, '')
    .split('\n');
  const common = lines.filter((line) => {
    const words = line.split(',', 2);
    return words.length === 2 && words.every((word) => kept.every((known) => known.has(word.toLowerCase())));
  });
  const file = join(folder, `common-${basename(source)}`);
  writeFileSync(file, `${common.join('\n')}\n`);
  return [source, file];
}
