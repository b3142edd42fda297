// Writes a whole fastText model (.bin, version 12; fasttext.cc, args.cc, dictionary.cc): arguments, dictionary with
// counts, input matrix (the words' own rows, then one row a bucket), output matrix. fastText and gensim load it and go
// on from there.

import { throwIfAborted, usage } from '../base/errors.ts';
import type { ByteSink } from '../files/output.ts';
import { addBuckets, bucketsOfKnown, type SubwordTraining, type SubwordVectors } from '../vectors/subword-vectors.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { ReadOptions } from './format.ts';
import { writtenForm } from './subword-units.ts';
import { checkWords } from './writable-words.ts';

const MAGIC = 793712314;
const VERSION = 12;
const MODELS = { cbow: 1, skipgram: 2 };
const NEGATIVE_SAMPLING = 2;
const LR_UPDATE_RATE = 100; // fastText's default; nothing reads it
const CHUNK = 4 << 20;

type Model = WordVectors & { subwords: SubwordVectors & { trained: SubwordTraining } };

/**
 * Throws `usage` for vectors without subwords or their training, and `file-malformed` for a word that it cannot store.
 */
export async function writeFasttext(vectors: WordVectors, sink: ByteSink, options: ReadOptions): Promise<void> {
  if (vectors.subwords?.trained === undefined) {
    const observed =
      "the vectors are not a whole fastText model: they lack n-grams' vectors, counts or the output matrix";
    throw usage(observed, "train them with { subwords: '3..6' }, or choose another { format }");
  }
  const model = vectors as Model;
  const { words, dimensions, subwords } = model;
  checkWords(words, /[\0 \n]/, "fastText's format");
  await sink.write(headOf(model));
  await sink.write(dictionaryOf(model));
  const { bucket } = subwords.rules;
  await sink.write(matrixHead(words.length + bucket, dimensions));
  const done = { rows: 0, all: 2 * words.length + bucket };
  const write = (rows: number, fill: (row: number, target: Float32Array) => void) =>
    writeRows(rows, dimensions, fill, sink, (count) => {
      done.rows += count;
      options.onProgress?.({ phase: 'write', done: done.rows, total: done.all, unit: 'words' });
      throwIfAborted(options.signal);
    });
  await write(words.length, (row, target) => ownRow(model, row, target));
  await write(bucket, (row, target) => void addBuckets(subwords, [row], target.fill(0)));
  await sink.write(matrixHead(words.length, dimensions));
  const { output } = subwords.trained;
  await write(words.length, (row, target) => target.set(output.subarray(row * dimensions, (row + 1) * dimensions)));
}

function headOf({ dimensions, subwords: { rules, trained } }: Model): Buffer {
  const head = Buffer.alloc(8 + 12 * 4 + 8);
  const args = [
    ...[dimensions, trained.window, trained.epochs, trained.minCount, trained.negative],
    ...[1, NEGATIVE_SAMPLING, MODELS[trained.model], rules.bucket, rules.minn, rules.maxn, LR_UPDATE_RATE],
  ];
  for (const [at, value] of [MAGIC, VERSION, ...args].entries()) head.writeInt32LE(value, 4 * at);
  head.writeDoubleLE(trained.sample, 8 + 12 * 4);
  return head;
}

function dictionaryOf({ words, subwords }: Model): Buffer {
  const { trained } = subwords;
  const sizes = Buffer.alloc(3 * 4 + 2 * 8);
  sizes.writeInt32LE(words.length, 0);
  sizes.writeInt32LE(words.length, 4);
  sizes.writeInt32LE(0, 8); // labels
  let tokens = 0;
  const entries = words.map((word, row) => {
    const count = trained.counts[row];
    tokens += count;
    const text = Buffer.from(writtenForm(word, subwords));
    const entry = Buffer.alloc(text.length + 10); // a zero after the word, its count, its kind: 0 for a word
    text.copy(entry);
    entry.writeBigInt64LE(BigInt(count), text.length + 1);
    return entry;
  });
  sizes.writeBigInt64LE(BigInt(tokens), 12);
  sizes.writeBigInt64LE(-1n, 20); // not pruned
  return Buffer.concat([sizes, ...entries]);
}

/** Not quantized; rows and columns. */
function matrixHead(rows: number, columns: number): Buffer {
  const head = Buffer.alloc(17);
  head.writeBigInt64LE(BigInt(rows), 1);
  head.writeBigInt64LE(BigInt(columns), 9);
  return head;
}

/** The row that is averaged with the n-grams' rows to give the word's vector: n times the vector, without these. */
function ownRow({ words, matrix, subwords }: Model, row: number, target: Float32Array): void {
  const buckets = bucketsOfKnown(subwords, words[row]);
  target.fill(0);
  addBuckets(subwords, buckets, target);
  const from = row * target.length;
  for (let at = 0; at < target.length; at++) target[at] = matrix[from + at] * (1 + buckets.length) - target[at];
}

async function writeRows(
  rows: number,
  dimensions: number,
  fill: (row: number, target: Float32Array) => void,
  sink: ByteSink,
  onDone: (rows: number) => void,
): Promise<void> {
  const chunkRows = Math.max(1, Math.floor(CHUNK / (4 * dimensions)));
  for (let first = 0; first < rows; first += chunkRows) {
    const count = Math.min(chunkRows, rows - first);
    const chunk = new Float32Array(count * dimensions);
    for (let row = 0; row < count; row++) fill(first + row, chunk.subarray(row * dimensions, (row + 1) * dimensions));
    await sink.write(new Uint8Array(chunk.buffer));
    onDone(count);
  }
}
