// Reads the start of a fastText model (args.cc, dictionary.cc): 12 int32 and a double of arguments, then the entries,
// each a zero-terminated word, its count (int64) and its kind (0 word, 1 label).

import { malformedAt } from '../base/errors.ts';
import type { ByteSource } from '../files/byte-source.ts';
import { type SubwordRules, subwordCount } from '../vectors/subwords.ts';
import { decodeWord } from './io/rows.ts';
import { quote } from './io/shown.ts';

export interface Dictionary {
  words: string[];
  /** (V) */
  counts: Float64Array;
  /** Of the training, as the file has them. */
  arguments: { model: number; window: number; epochs: number; minCount: number; negative: number; sample: number };
  dimensions: number;
  /** N-gram settings; maxn is 0 without n-grams. The input matrix has `bucket` rows after the rows of the words. */
  rules: SubwordRules;
  /** At most how many n-grams the words have together. */
  ngrams: number;
  /** Offset of the end of the dictionary, which is the position of the source. */
  offset: number;
}

const HEADER = 8 + 12 * 4 + 8;
const COUNTS = 3 * 4 + 2 * 8;
const LONGEST_WORD = 1 << 16;
const LONGEST_NGRAM = 100; // fastText's default is 6
const MOST_NGRAMS = 1 << 16; // of one word: 1,000 letters have 4,000 of 3 to 6
const CHUNK = 1 << 20;

/** Reads up to the input matrix. Throws `file-malformed` with the byte. */
export async function parseDictionary(source: ByteSource): Promise<Dictionary> {
  const head = Buffer.alloc(HEADER + COUNTS);
  const got = await source.read(head, 0, head.length);
  const where = (at: number) => `${source.name} at byte ${at}`;
  if (got < head.length)
    throw malformedAt(where(got), `the file ends here, expected ${head.length} bytes of arguments`);
  const version = head.readInt32LE(4);
  if (version !== 11 && version !== 12) {
    throw malformedAt(
      where(4),
      `version ${version} of the fastText format, expected 11 or 12`,
      'train it again with a newer fastText',
    );
  }
  const argument = (at: number) => head.readInt32LE(8 + 4 * at);
  const [dimensions, kind, bucket, minn] = [argument(0), argument(7), argument(8), argument(9)];
  // Version 11 had no n-grams in supervised models, regardless of the arguments.
  const maxn = version === 11 && kind === 3 ? 0 : argument(10);
  const ofTraining = {
    model: kind,
    window: argument(1),
    epochs: argument(2),
    minCount: argument(3),
    negative: argument(4),
    sample: head.readDoubleLE(HEADER - 8),
  };
  const [size, count, labels] = [head.readInt32LE(HEADER), head.readInt32LE(HEADER + 4), head.readInt32LE(HEADER + 8)];
  const prunedSize = Number(head.readBigInt64LE(HEADER + 20));
  const numbers = `dim ${dimensions}, bucket ${bucket}, minn ${minn}, maxn ${maxn}`;
  if (dimensions < 1 || dimensions > 1 << 24 || bucket < 0 || minn < 0 || maxn < 0 || maxn > LONGEST_NGRAM) {
    throw malformedAt(where(8), `the arguments are ${numbers}, which is impossible`);
  }
  const most = source.contentBytes === undefined ? 2 ** 31 : source.contentBytes / 10;
  if (count < 1 || labels < 0 || size !== count + labels || size > most) {
    throw malformedAt(where(HEADER), `${size} entries, ${count} words and ${labels} labels, which is impossible`);
  }
  if (prunedSize > 0) throw quantized(where(HEADER + 20));

  let offset = head.length;
  let bytes: Buffer = Buffer.alloc(0);
  let at = 0;
  let atEnd = false;
  async function refill(): Promise<void> {
    const wider = Buffer.allocUnsafe(bytes.length - at + CHUNK);
    bytes.copy(wider, 0, at);
    const more = await source.read(wider, bytes.length - at, CHUNK);
    atEnd = more < CHUNK;
    bytes = wider.subarray(0, bytes.length - at + more);
    at = 0;
  }
  const rules = { minn, maxn: prunedSize === 0 ? 0 : maxn, bucket };
  const words: string[] = [];
  let allNgrams = 0;
  const counts = new Float64Array(count);
  for (let entry = 0; entry < size; entry++) {
    if (bytes.length - at < LONGEST_WORD + 10 && !atEnd) await refill();
    const end = bytes.indexOf(0, at);
    if (end < 0 || end - at > LONGEST_WORD || end + 10 > bytes.length) {
      const observed = end < 0 || end - at > LONGEST_WORD ? `no end within ${LONGEST_WORD} bytes` : 'the file ends';
      throw malformedAt(where(offset), `${observed} in entry ${entry + 1} of ${size} of the dictionary`);
    }
    if (bytes[end + 9] === 0) {
      const ngrams = subwordCount(bytes.subarray(at, end), rules);
      if (ngrams > MOST_NGRAMS) {
        const observed = `the word ${quote(bytes.subarray(at, end))} has up to ${ngrams} n-grams`;
        throw malformedAt(where(offset), `${observed}, expected at most ${MOST_NGRAMS}`);
      }
      allNgrams += ngrams;
      counts[words.length] = Number(bytes.readBigInt64LE(end + 1));
      words.push(decodeWord(bytes, at, end, false, () => where(offset)));
    }
    offset += end + 10 - at;
    at = end + 10;
  }
  if (words.length !== count)
    throw malformedAt(where(HEADER + 4), `the dictionary has ${words.length} words, expected ${count}`);
  source.putBack(bytes.subarray(at));
  return { words, counts, arguments: ofTraining, dimensions, rules, ngrams: allNgrams, offset };
}

/** The error for a model whose matrix was replaced by codes (fasttext quantize). */
export function quantized(where: string): Error {
  const hint = 'use the original model (.bin); a quantized model has codes instead of vectors';
  return malformedAt(where, 'a quantized fastText model, expected one with vectors', hint);
}
