// Reads the word vectors of a fastText model (.bin, versions 11 and 12): arguments, dictionary, input matrix. The
// vector of a word is the mean of its own row and the rows of its n-grams (Bojanowski et al. 2017), summed in float32
// as in fastText.

import { finishInTurns, STEP_WORK, type Steps } from '../steps.ts';
import { type Dictionary, parseDictionary, quantized } from './fasttext-dictionary.ts';
import { subwordBuckets } from './fasttext-subwords.ts';
import type { LoadedVectors, ReadOptions, VectorFormat } from './format.ts';
import type { ByteSource } from './io/byte-source.ts';
import { readFloatRows } from './io/float-rows.ts';
import { malformed } from './io/malformed.ts';
import { finishRows } from './io/rows.ts';

const NAME = 'fasttext-model';
const MAGIC = [0xba, 0x16, 0x4f, 0x2f];
const END_OF_SENTENCE = '</s>';

export const fasttextModel: VectorFormat = {
  name: NAME,
  title: 'fastText model (.bin)',
  extensions: [],
  detect: (head) => MAGIC.every((byte, at) => head[at] === byte),
  read,
};

/** Throws `file-malformed` with the byte, also for a quantized model (.ftz), which has no such rows. */
async function read(source: ByteSource, options: ReadOptions): Promise<LoadedVectors> {
  const dictionary = await parseDictionary(source);
  const { words, offset, rules } = dictionary;
  const head = await source.peek(17);
  const where = (at: number) => `${source.name} at byte ${at}`;
  if (head.length < 17) throw malformed(where(offset + head.length), 'the file ends before the input matrix');
  if (head[0] !== 0) throw quantized(where(offset));
  const view = new DataView(head.buffer, head.byteOffset);
  const rows = Number(view.getBigInt64(1, true));
  const dimensions = Number(view.getBigInt64(9, true));
  const expected = words.length + rules.bucket;
  if (dimensions !== dictionary.dimensions || rows !== expected) {
    const wanted = `${expected} x ${dictionary.dimensions}`;
    throw malformed(
      where(offset + 1),
      `an input matrix of ${rows} x ${dimensions}, expected ${wanted} according to the arguments`,
    );
  }
  await source.read(new Uint8Array(17), 0, 17);
  const withSubwords = rules.maxn > 0 && rules.bucket > 0;
  const unnamed = withSubwords ? rules.bucket : 0;
  const what = { words, unnamed, dimensions, type: 'F32' as const, offset: offset + 17 };
  const kept = await readFloatRows(source, what, options);
  if (withSubwords) {
    if (kept.duplicates > 0) throw malformed(where(offset), `the dictionary has ${kept.duplicates} duplicate words`);
    await finishInTurns(averageSteps(kept.matrix, dimensions, dictionary), options.signal);
    kept.count = words.length;
  }
  return finishRows(kept, source.name, NAME);
}

/** Replaces the row of each word by its vector, in place: no other vector uses the word's own row. */
function* averageSteps(matrix: Float32Array, dimensions: number, { words, rules }: Dictionary): Steps<void> {
  const encoder = new TextEncoder();
  let work = 0;
  for (let word = 0; word < words.length; word++) {
    if (words[word] === END_OF_SENTENCE) continue;
    const to = word * dimensions;
    let count = 1;
    for (const bucket of subwordBuckets(encoder.encode(words[word]), rules)) {
      const from = (words.length + bucket) * dimensions;
      for (let at = 0; at < dimensions; at++) matrix[to + at]! += matrix[from + at]!;
      count++;
    }
    const scale = Math.fround(1 / count);
    for (let at = 0; at < dimensions; at++) matrix[to + at]! *= scale;
    work += count * dimensions;
    if (work < STEP_WORK) continue;
    work = 0;
    yield;
  }
}
