// fastText's model (.bin), of which versions 11 and 12 are read: arguments, dictionary, input matrix. The
// vector of a word is the mean of its own row and the rows of its n-grams (Bojanowski et al. 2017), summed in float32
// as in fastText. The rows of the n-grams stay in memory: vectors of other words are composed of them.

import { malformedAt } from '../base/errors.ts';
import { finishInTurns } from '../base/steps.ts';
import type { ByteSource } from '../files/byte-source.ts';
import { averageSteps, type SubwordTraining, type SubwordVectors } from '../vectors/subword-vectors.ts';
import { rememberIndex } from '../vectors/word-vectors.ts';
import { type Dictionary, parseDictionary, quantized } from './fasttext-dictionary.ts';
import { writeFasttext } from './fasttext-write.ts';
import type { LoadedVectors, ReadOptions, VectorFormat } from './format.ts';
import { allocate } from './io/allocate.ts';
import { readFloatRows } from './io/float-rows.ts';
import { finishRows } from './io/rows.ts';

const NAME = 'fasttext';
const [CBOW, SKIPGRAM] = [1, 2];
const MAGIC = [0xba, 0x16, 0x4f, 0x2f];

export const fasttextModel: VectorFormat = {
  name: NAME,
  title: 'fastText model (.bin)',
  extensions: [],
  detect: (head) => MAGIC.every((byte, at) => head[at] === byte),
  read,
  write: writeFasttext,
};

/** Throws `file-malformed` with the byte, also for a quantized model (.ftz), which has no such rows. */
async function read(source: ByteSource, options: ReadOptions): Promise<LoadedVectors> {
  const dictionary = await parseDictionary(source);
  const { words, counts, offset, rules } = dictionary;
  const head = await source.peek(17);
  const where = (at: number) => `${source.name} at byte ${at}`;
  if (head.length < 17) throw malformedAt(where(offset + head.length), 'the file ends before the input matrix');
  if (head[0] !== 0) throw quantized(where(offset));
  const view = new DataView(head.buffer, head.byteOffset);
  const rows = Number(view.getBigInt64(1, true));
  const dimensions = Number(view.getBigInt64(9, true));
  const expected = words.length + rules.bucket;
  if (dimensions !== dictionary.dimensions || rows !== expected) {
    const wanted = `${expected} x ${dictionary.dimensions}`;
    throw malformedAt(
      where(offset + 1),
      `an input matrix of ${rows} x ${dimensions}, expected ${wanted} according to the arguments`,
    );
  }
  await source.read(new Uint8Array(17), 0, 17);
  const withSubwords = rules.maxn > 0 && rules.bucket > 0;
  const unnamed = withSubwords ? rules.bucket : 0;
  const ngrams = growingList();
  const what = { words, unnamed, onUnnamed: ngrams.add, dimensions, type: 'F32' as const, offset: offset + 17 };
  const kept = await readFloatRows(source, what, options);
  if (withSubwords) {
    if (kept.duplicates > 0) throw malformedAt(where(offset), `the dictionary has ${kept.duplicates} duplicate words`);
    const { index, matrix: all } = kept;
    const split = words.length * dimensions;
    const subwords: SubwordVectors = {
      rules,
      matrix: all.subarray(split, kept.count * dimensions),
      rows: ngrams.all(),
    };
    const vectors = { words: kept.words, matrix: all.subarray(0, split), dimensions, subwords };
    checkWork(dictionary, rows, where(offset));
    await finishInTurns(averageSteps(vectors), options.signal);
    if (options.whole)
      subwords.trained = await readTraining(source, dictionary, offset + 17 + 4 * rows * dimensions, options);
    rememberIndex(vectors.words, index);
    return { ...vectors, counts, source: source.name, format: NAME, duplicates: 0 };
  }
  const vectors = finishRows(kept, source.name, NAME);
  return vectors.duplicates > 0 ? vectors : { ...vectors, counts };
}

/**
 * To compose the vectors takes one row for each n-gram of each word. Words of 10 letters have some 30 n-grams, long ones
 * some hundreds: a file with far more n-grams than rows would take seconds for each megabyte.
 */
const MOST_NGRAMS_A_ROW = 800;
const FREE_WORK = 1e8; // numbers that are added, some 0.3 s

function checkWork({ ngrams, dimensions }: Dictionary, rows: number, where: string): void {
  const most = Math.max(MOST_NGRAMS_A_ROW * rows, Math.floor(FREE_WORK / dimensions));
  if (ngrams <= most) return;
  const observed = `the words before have up to ${ngrams} n-grams, expected at most ${most} for a matrix of ${rows} rows`;
  throw malformedAt(where, observed);
}

/** Numbers in memory that grows with them, as a damaged file may promise any number of buckets. */
function growingList(): { add(value: number): void; all(): Int32Array } {
  let values = new Int32Array(1 << 10);
  let count = 0;
  return {
    add(value) {
      if (count === values.length) {
        const wider = allocate('the rows of n-grams', 8 * count, () => new Int32Array(2 * count));
        wider.set(values);
        values = wider;
      }
      values[count++] = value;
    },
    all: () => values.subarray(0, count),
  };
}

/**
 * What follows the input matrix: the output matrix. Throws `file-malformed`, also for a classifier, which has another
 * one.
 */
async function readTraining(
  source: ByteSource,
  { words, counts, dimensions, arguments: { model, ...rest } }: Dictionary,
  offset: number,
  options: ReadOptions,
): Promise<SubwordTraining> {
  const head = Buffer.alloc(17);
  const got = await source.read(head, 0, 17);
  const where = `${source.name} at byte ${offset}`;
  if (got < 17) throw malformedAt(where, 'the file ends before the output matrix');
  const [rows, columns] = [Number(head.readBigInt64LE(1)), Number(head.readBigInt64LE(9))];
  if (head[0] !== 0 || rows !== words.length || columns !== dimensions || (model !== CBOW && model !== SKIPGRAM)) {
    const observed = `${head[0] === 0 ? '' : 'a quantized '}output matrix of ${rows} x ${columns}`;
    const expected = `${words.length} x ${dimensions}, of a model of word vectors`;
    throw malformedAt(where, `${observed}, expected ${expected}`, 'choose another { format }');
  }
  const { matrix } = await readFloatRows(source, { words, dimensions, type: 'F32', offset: offset + 17 }, options);
  const output = matrix.subarray(0, words.length * dimensions);
  return { ...rest, counts, output, model: model === CBOW ? 'cbow' : 'skipgram' };
}
