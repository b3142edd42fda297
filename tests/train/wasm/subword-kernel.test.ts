// The training kernel with subwords, beside its plain form.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/base/random.ts';
import { LINE_END } from '../../../src/corpus/encoded-corpus.ts';
import { loadKernel, sharedMemory } from '../../../src/kernels/load.ts';
import { trainCbow } from '../../../src/kernels/train/cbow.plain.ts';
import type { ChunkTask } from '../../../src/kernels/train/chunk.plain.ts';
import { trainSkipgram } from '../../../src/kernels/train/skipgram.plain.ts';
import { aliasTables, noiseDistribution } from '../../../src/train/negatives.ts';
import { placeSubwords } from '../../../src/train/wasm/engine.ts';
import { loadTrainingKernel, startTrainingKernel } from '../../../src/train/wasm/training-kernel.ts';
import { layOutMemory } from '../../../src/train/wasm/training-memory.ts';

const V = 40;
const R = 100; // rows of the input matrix
const LENGTH = 400;
const builds = new Map([
  ['simd', loadKernel('training')],
  [loadTrainingKernel().arithmetic, loadTrainingKernel().module],
]);
const counts = Float64Array.from({ length: V }, (_, i) => 200 / (i + 1));

/** A word's own row and up to ten others; word 0 has none, word 1 one of them twice. */
function subwordsOf(): number[][] {
  const random = createRandom(9);
  const lists = Array.from({ length: V }, (_, id) => [
    id,
    ...Array.from({ length: id === 0 ? 0 : 1 + random.below(10) }, () => V + random.below(R - V)),
  ]);
  lists[1] = [1, V, V + 1, V];
  return lists;
}

function taskOf(given: Pick<ChunkTask, 'model' | 'dim' | 'window' | 'negative'>): ChunkTask {
  const random = createRandom(3);
  const entries: number[] = [];
  while (entries.length < LENGTH) {
    for (let n = 1 + random.below(12); n > 0; n--) entries.push(random.below(1 + random.below(V)));
    entries.push(LINE_END);
  }
  return {
    ...{ loss: 'ns', cbowSum: false, rate: 0.05, ...given },
    keeps: Uint32Array.from({ length: V }, (_, i) => (i < 5 ? 0xc0000000 : 0xffffffff)),
    aliases: aliasTables(counts, 0.75),
    noise: noiseDistribution(counts, 0.75),
    entries: Int32Array.from(entries.slice(0, LENGTH)),
    chunk: { from: 1000, first: 30, last: 370, keepSeed: 11n, drawSeed: 2n ** 63n + 5n },
    subwords: subwordsOf(),
  };
}

function runKernel(module: WebAssembly.Module, task: ChunkTask, input: Float32Array, output: Float32Array) {
  const lists = task.subwords!;
  const starts = Uint32Array.from([0, ...lists.map((_, id) => lists.slice(0, id + 1).flat().length)]);
  const rows = Uint32Array.from(lists.flat());
  const shape = { words: V, inputRows: R, subwordRows: rows.length, threads: 1, chunk: LENGTH };
  const at = layOutMemory({ ...task, ...shape });
  const memory = sharedMemory(at.bytes);
  const stride = at.row / 4;
  const there = (address: number, count: number) => new Float32Array(memory.buffer, address, count * stride);
  const copy = (matrix: Float32Array, to: Float32Array) => {
    for (let i = 0; i < matrix.length; i++) to[Math.floor(i / task.dim) * stride + (i % task.dim)] = matrix[i];
  };
  copy(input, there(at.input, R));
  copy(output, there(at.output, V));
  placeSubwords(memory, at, { starts, rows });
  new Uint32Array(memory.buffer, at.keeps, V).set(task.keeps);
  new Float32Array(memory.buffer, at.noise, V).set(task.noise);
  const aliases = new Uint32Array(memory.buffer, at.aliases, 2 * V);
  for (let i = 0; i < V; i++) aliases.set([task.aliases.keep[i], task.aliases.alias[i]], 2 * i);
  const { tokens, kept } = at.scratch[0];
  new Int32Array(memory.buffer, tokens, LENGTH).set(task.entries);
  const kernel = startTrainingKernel(module, memory, { ...task, words: V, hasSubwords: true }, at, 0);
  const { first, last, from, keepSeed, drawSeed } = task.chunk;
  const keep = (start: number, end: number, to: number) =>
    kernel.keepTokens(tokens + 4 * start, end - start, BigInt(from + start), keepSeed, kept + 4 * to);
  const before = keep(0, first, 0);
  const own = keep(first, last, before);
  const after = keep(last, LENGTH, before + own);
  kernel.trainKept(before + own + after, before, before + own, drawSeed, task.rate);
  const compact = (address: number, count: number) =>
    Float32Array.from({ length: count * task.dim }, (_, i) => {
      return there(address, count)[Math.floor(i / task.dim) * stride + (i % task.dim)];
    });
  return { input: compact(at.input, R), output: compact(at.output, V), kernel };
}

const largest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

const shapes = [
  ...[1, 4, 16, 100, 101].map((dim) => ({ dim, window: 5, negative: 5 })),
  ...[1, 30].map((window) => ({ dim: 20, window, negative: 7 })),
];
const cases = (['skipgram', 'cbow'] as const).flatMap((model) => shapes.map((shape) => ({ model, ...shape })));

describe.each([...builds])('the training kernel with subwords (%s)', (_, module) => {
  it.each(cases)('$model, D $dim, W $window, K $negative: as its plain form', (given) => {
    const task = taskOf(given);
    const random = createRandom(5);
    const matrix = (rows: number) =>
      Float32Array.from({ length: rows * given.dim }, () => (random.float() - 0.5) / Math.sqrt(given.dim));
    const [input, output] = [matrix(R), matrix(V)];
    const plain = { input: Float64Array.from(input), output: Float64Array.from(output) };
    const expected = (given.model === 'skipgram' ? trainSkipgram : trainCbow)(task, plain);
    const result = runKernel(module, task, input, output);
    expect(largest(result.input.subarray(V * given.dim), input.subarray(V * given.dim))).toBeGreaterThan(0.01);
    expect(largest(result.input, plain.input)).toBeLessThan(1e-5);
    expect(largest(result.output, plain.output)).toBeLessThan(1e-5);
    expect(result.kernel.centersOfChunk()).toBe(expected.centers);
    expect(result.kernel.lossOfChunk() / expected.loss).toBeCloseTo(1, 4);
  });
});
