import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/base/random.ts';
import { LINE_END } from '../../../src/corpus/encoded-corpus.ts';
import { huffmanTree, pathsOf } from '../../../src/corpus/huffman.ts';
import { loadKernel, sharedMemory } from '../../../src/kernels/load.ts';
import { cbowBlocks, cbowLoss, trainCbow } from '../../../src/kernels/train/cbow.plain.ts';
import { type ChunkTask, type Matrices, meanRow } from '../../../src/kernels/train/chunk.plain.ts';
import { skipgramBlocks, skipgramLoss, trainSkipgram } from '../../../src/kernels/train/skipgram.plain.ts';
import { softmaxForms } from '../../../src/kernels/train/softmax.plain.ts';
import { aliasTables, noiseDistribution } from '../../../src/train/negatives.ts';
import { losses } from '../../../src/train/settings.ts';
import { chunkAt, planChunks } from '../../../src/train/wasm/chunks.ts';
import { loadTrainingKernel, startTrainingKernel } from '../../../src/train/wasm/training-kernel.ts';
import { layOutMemory } from '../../../src/train/wasm/training-memory.ts';

const V = 40;
const builds = new Map([
  ['simd', loadKernel('training')],
  [loadTrainingKernel().arithmetic, loadTrainingKernel().module],
]);

type Case = Pick<ChunkTask, 'model' | 'cbowSum' | 'dim' | 'window' | 'negative' | 'rate'> &
  Partial<Pick<ChunkTask, 'loss'>>;

/** Of the tests' words, by falling counts. */
const counts = Float64Array.from({ length: V }, (_, i) => 200 / (i + 1));
const tree = huffmanTree(counts);
const paths = pathsOf(tree);

/** Lines of 1 .. `longest` words, frequent ones often. */
function entriesOf(count: number, longest = 12): Int32Array {
  const random = createRandom(3);
  const entries: number[] = [];
  while (entries.length < count) {
    for (let n = 1 + random.below(longest); n > 0; n--) entries.push(random.below(1 + random.below(V)));
    entries.push(LINE_END);
  }
  return Int32Array.from(entries.slice(0, count));
}

function setUp(given: Case, chunk: ChunkTask['chunk'], entries: Int32Array) {
  const random = createRandom(5);
  const keeps = Uint32Array.from({ length: V }, (_, i) => (i < 5 ? 0xc0000000 : 0xffffffff));
  const noise = { aliases: aliasTables(counts, 0.75), noise: noiseDistribution(counts, 0.75) };
  const task: ChunkTask = { loss: 'ns', ...given, keeps, ...noise, entries, chunk };
  const matrix = () =>
    Float32Array.from({ length: V * given.dim }, () => (random.float() - 0.5) / Math.sqrt(given.dim));
  return { task, input: matrix(), output: matrix() };
}

function runKernel(module: WebAssembly.Module, task: ChunkTask, input: Float32Array, output: Float32Array) {
  const at = layOutMemory({ ...task, words: V, paths, threads: 1, chunk: task.entries.length });
  const memory = sharedMemory(at.bytes);
  const stride = at.row / 4;
  const matrices = [at.input, at.output].map((address) => new Float32Array(memory.buffer, address, V * stride));
  [input, output].forEach((matrix, m) => {
    for (let i = 0; i < V; i++) matrices[m].set(matrix.subarray(i * task.dim, (i + 1) * task.dim), i * stride);
  });
  new Uint32Array(memory.buffer, at.keeps, V).set(task.keeps);
  const sharedMean = new Float32Array(memory.buffer, at.sharedMean, task.dim);
  if (task.loss === 'ns') {
    new Float32Array(memory.buffer, at.noise, V).set(task.noise);
    const aliases = new Uint32Array(memory.buffer, at.aliases, 2 * V);
    for (let i = 0; i < V; i++) aliases.set([task.aliases.keep[i], task.aliases.alias[i]], 2 * i);
  }
  if (task.loss === 'hs') {
    new Uint32Array(memory.buffer, at.pathStarts, V + 1).set(paths.starts);
    new Uint32Array(memory.buffer, at.pathLinks, paths.links.length).set(paths.links);
  }
  new Int32Array(memory.buffer, at.scratch[0].tokens, task.entries.length).set(task.entries);
  const kernel = startTrainingKernel(module, memory, { ...task, words: V }, at, 0);
  const { first, last, from, keepSeed, drawSeed } = task.chunk;
  const { tokens, kept } = at.scratch[0];
  const keep = (start: number, end: number, to: number) =>
    kernel.keepTokens(tokens + 4 * start, end - start, BigInt(from + start), keepSeed, kept + 4 * to);
  const before = keep(0, first, 0);
  const own = keep(first, last, before);
  const words = kernel.wordsSeen();
  const after = keep(last, task.entries.length, before + own);
  kernel.trainKept(before + own + after, before, before + own, drawSeed, task.rate);
  const compact = matrices.map((rows) => {
    return Float32Array.from(
      { length: V * task.dim },
      (_, i) => rows[Math.floor(i / task.dim) * stride + (i % task.dim)],
    );
  });
  const padding = matrices.flatMap((rows) => [...rows].filter((_, i) => i % stride >= task.dim));
  return { words, input: compact[0], output: compact[1], padding, mean: sharedMean, kernel };
}

const largest = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
};

const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The derivatives of a loss of both matrices by each of their numbers, from differences. */
function slopesOf(loss: (matrices: Matrices) => number, input: Float32Array, output: Float32Array): Matrices {
  const exact = { input: Float64Array.from(input), output: Float64Array.from(output) };
  const step = 1e-5;
  const slopes = (matrix: Float64Array) =>
    matrix.map((value, i) => {
      matrix[i] = value + step;
      const above = loss(exact);
      matrix[i] = value - step;
      const below = loss(exact);
      matrix[i] = value;
      return (above - below) / (2 * step);
    });
  return { input: slopes(exact.input), output: slopes(exact.output) };
}

const models = [
  { model: 'skipgram', cbowSum: false },
  { model: 'cbow', cbowSum: false },
  { model: 'cbow', cbowSum: true },
] as const;
const shapes = [
  ...[1, 3, 4, 100, 101].map((dim) => ({ dim, window: 5, negative: 5 })),
  ...[1, 6, 11, 64].map((negative) => ({ dim: 20, window: 3, negative })),
  ...[1, 10, 30].map((window) => ({ dim: 16, window, negative: 5 })),
  ...[5, 7].map((negative) => ({ dim: 16, window: 100, negative, rate: 0.002 })), // so many contexts magnify roundings
];
const cases = models.flatMap((model) => shapes.map((shape) => ({ ...model, rate: 0.05, ...shape })));
const softmaxShapes = [
  ...[1, 4, 101].map((dim) => ({ dim, window: 5, rate: 0.05 })),
  ...[1, 30].map((window) => ({ dim: 16, window, rate: 0.05 })),
  { dim: 16, window: 5, rate: 0.3 }, // so fast that blocks are cut short, and roundings grow
  { dim: 16, window: 100, rate: 0.002 },
];
const softmaxCases = (['hs', 'softmax'] as const).flatMap((loss) =>
  models.flatMap((model) => softmaxShapes.map((shape) => ({ ...model, loss, negative: 5, ...shape }))),
);

describe.each([...builds])('the training kernel (%s)', (_, module) => {
  it.each(cases)('$model (sum: $cbowSum), D $dim, W $window, K $negative: as its plain form', (given) => {
    const entries = entriesOf(400, given.window > 30 ? 400 : 12);
    const chunk = { from: 1000, first: 30, last: 370, keepSeed: 11n, drawSeed: 2n ** 63n + 5n };
    const { task, input, output } = setUp(given, chunk, entries);
    const plain = { input: Float64Array.from(input), output: Float64Array.from(output) };
    const expected = (given.model === 'skipgram' ? trainSkipgram : trainCbow)(task, plain);
    const result = runKernel(module, task, input, output);
    expect(largest(result.input, input)).toBeGreaterThan(0.01);
    expect(largest(result.input, plain.input)).toBeLessThan(1e-5);
    expect(largest(result.output, plain.output)).toBeLessThan(1e-5);
    if (given.model === 'skipgram') expect(largest(result.mean, meanRow(task, result.output))).toBeLessThan(1e-5);
    expect(result.padding.every((value) => value === 0)).toBe(true);
    expect(result.words).toBe(entries.subarray(30, 370).filter((id) => id >= 0).length);
    expect(result.kernel.centersOfChunk()).toBe(expected.centers);
    expect(result.kernel.examplesOfChunk()).toBe(expected.measured);
    expect(result.kernel.lossOfChunk() / expected.loss).toBeCloseTo(1, 4);
  });

  it.each(softmaxCases)('$loss, $model (sum: $cbowSum), D $dim, W $window, rate $rate: as its plain form', (given) => {
    const entries = entriesOf(given.rate > 0.1 ? 100 : 400, given.window > 30 ? 400 : 12);
    const chunk = { from: 1000, first: 30, last: entries.length - 30, keepSeed: 11n, drawSeed: 2n ** 63n + 5n };
    const { task, input, output } = setUp(given, chunk, entries);
    const plain = { input: Float64Array.from(input), output: Float64Array.from(output) };
    const expected = softmaxForms[given.loss][given.model](task, plain, tree);
    const result = runKernel(module, task, input, output);
    expect(largest(result.input, input)).toBeGreaterThan(0.01);
    expect(largest(result.output, output)).toBeGreaterThan(0.001);
    expect(largest(result.input, plain.input)).toBeLessThan(1e-5);
    expect(largest(result.output, plain.output)).toBeLessThan(1e-5);
    expect(result.padding.every((value) => value === 0)).toBe(true);
    expect(result.kernel.centersOfChunk()).toBe(expected.centers);
    expect(result.kernel.examplesOfChunk()).toBe(expected.measured);
    expect(result.kernel.lossOfChunk() / expected.loss).toBeCloseTo(1, 4);
  });

  // The update of one example over the rate is minus the gradient of its loss; with the mean, CBOW gives each context
  // word the whole error, so that the update of the context words is the gradient times their number.
  it.each(models.slice(1))('steps down the gradient of the loss: $model (sum: $cbowSum)', (model) => {
    const given = { ...model, dim: 5, window: 1, negative: 4, rate: 1e-3 };
    const entries = Int32Array.of(10, 20, 30, LINE_END);
    const chunk = { from: 0, first: 1, last: 2, keepSeed: 1n, drawSeed: 9n };
    const { task, input, output } = setUp(given, chunk, entries);
    const [[example]] = cbowBlocks(task);
    expect(example.contexts).toEqual([10, 30]);
    const slopes = slopesOf((matrices) => cbowLoss(task, example, matrices), input, output);
    const result = runKernel(module, task, input, output);
    const factor = model.cbowSum ? 1 : example.contexts.length;
    for (let i = 0; i < input.length; i++) {
      expect((result.input[i] - input[i]) / task.rate).toBeCloseTo(-slopes.input[i] * factor, 3);
      expect((result.output[i] - output[i]) / task.rate).toBeCloseTo(-slopes.output[i], 3);
    }
  });

  // Each draw's step of the center row is a sample, of which the mean is the gradient of the expected loss: that with
  // all words as negatives, weighted by P. The rows are large, so that the covariance of the negatives' gradients with
  // the rows counts: without the factor K / (K - 1) the mean would be off by 1 / K of that covariance, many standard
  // errors.
  it('steps down the gradient of the loss: skip-gram, the center in the mean over draws, output rows in each', () => {
    const D = 4;
    const given = { ...models[0], dim: D, window: 1, negative: 1, rate: 1e-3 };
    const entries = Int32Array.of(0, 3, 1, LINE_END);
    const DRAWS = 2000;
    const chunk = { from: 0, first: 1, last: 2, keepSeed: 1n, drawSeed: 0n };
    const { task, input, output } = setUp(given, chunk, entries);
    for (const matrix of [input, output])
      matrix.forEach((value, i) => {
        matrix[i] = 4 * value;
      });
    const steps = Array.from({ length: D }, () => new Float64Array(DRAWS));
    for (let draw = 0; draw < DRAWS; draw++) {
      chunk.drawSeed = BigInt(draw) << 32n;
      const result = runKernel(module, task, input, output);
      for (let d = 0; d < D; d++) steps[d][draw] = (result.input[3 * D + d] - input[3 * D + d]) / task.rate;
      if (draw % 100 > 0) continue;
      const [block] = skipgramBlocks(task).blocks;
      const slopes = slopesOf((matrices) => skipgramLoss(task, block, matrices), input, output);
      for (let i = 0; i < output.length; i++) {
        expect((result.output[i] - output[i]) / task.rate).toBeCloseTo(-slopes.output[i], 2);
      }
    }
    const [block] = skipgramBlocks(task).blocks;
    const negatives = Array.from(task.noise, (weight, id) => ({ id, weight }));
    const expected = slopesOf((matrices) => skipgramLoss(task, { ...block, negatives }, matrices), input, output);
    for (let d = 0; d < D; d++) {
      const mean = meanOf(steps[d]);
      const error = Math.sqrt(meanOf(steps[d].map((step) => (step - mean) ** 2)) / DRAWS); // of the mean
      expect(Math.abs(mean + expected.input[3 * D + d])).toBeLessThan(4 * error);
    }
  });

  it('has a loss that is not finite once a score is not', () => {
    const entries = entriesOf(100);
    const chunk = { from: 0, first: 0, last: 100, keepSeed: 1n, drawSeed: 1n };
    const given = { ...models[0], dim: 8, window: 2, negative: 5, rate: 0.05 };
    const { task, input, output } = setUp(given, chunk, entries);
    input.fill(Number.NaN, 0, V * 4);
    for (const loss of losses) {
      expect(runKernel(module, { ...task, loss }, input, output).kernel.lossOfChunk()).toBeNaN();
    }
  });
});

// Without fused products WebAssembly's arithmetic is the same everywhere: what comes out changes only with the kernel.
it.each([
  ['skipgram', 'ns', '1ee7458b6da468b9'],
  ['cbow', 'ns', '6d5621c99ca6a8ea'],
  ['skipgram', 'hs', '3952cd197c2289dc'],
  ['cbow', 'hs', 'c1bb60d1049787e6'],
  ['skipgram', 'softmax', 'fb963a27f1dfa3ab'],
  ['cbow', 'softmax', 'bbafe68b280a88da'],
] as const)('the simd build gives the same bytes on every machine: %s, %s', (model, loss, digest) => {
  const given = { model, loss, cbowSum: false, dim: 10, window: 4, negative: 7, rate: 0.05 };
  const chunk = { from: 1000, first: 30, last: 370, keepSeed: 11n, drawSeed: 5n };
  const { task, input, output } = setUp(given, chunk, entriesOf(400));
  const result = runKernel(loadKernel('training'), task, input, output);
  const hash = createHash('sha256').update(result.input).update(result.output).digest('hex');
  expect(hash.slice(0, 16)).toBe(digest);
});

describe('chunks', () => {
  it('cover each entry of each epoch once', () => {
    const plan = planChunks({ length: 20_000, epochs: 2, seed: 1 });
    const seen = new Uint8Array(20_000);
    for (let index = 0; index < plan.perEpoch * 2; index++) {
      const { epoch, start, end } = chunkAt(plan, index);
      expect(epoch).toBe(index < plan.perEpoch ? 0 : 1);
      expect(end - start).toBeLessThanOrEqual(plan.size);
      for (let i = start; i < end; i++) seen[i]++;
    }
    expect(seen.every((times) => times === 2)).toBe(true);
  });

  it('draw differently in each chunk, and keep differently in each epoch', () => {
    const plan = planChunks({ length: 20_000, epochs: 2, seed: 1 });
    const all = Array.from({ length: plan.perEpoch * 2 }, (_, index) => chunkAt(plan, index));
    expect(new Set(all.map(({ drawSeed }) => drawSeed)).size).toBe(all.length);
    expect(new Set(all.map(({ keepSeed }) => keepSeed)).size).toBe(2);
  });
});
