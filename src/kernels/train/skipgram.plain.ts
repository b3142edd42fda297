// Skip-gram by blocks in plain TypeScript. See src/kernels/train/skipgram.assembly.ts and
// negatives.assembly.ts.
import { addTo, dot } from '../../explain/matrix.ts';
import { sigmoidOf } from '../../explain/nodes/activations.ts';
import { exampleGradients } from '../../explain/word2vec/example-gradients.ts';
import { sharedNegatives } from '../../train/wasm/training-memory.ts';
import {
  type ChunkResult,
  type ChunkTask,
  createDraws,
  linesOf,
  type Matrices,
  meanRow,
  rowOf,
} from './chunk.plain.ts';

/** A center with its context words, or a part of them. */
export interface Center {
  id: number;
  contexts: number[];
}

/** The centers of a block, with the different negatives that they share; `weight`: the share of the K draws. */
export interface Block {
  centers: Center[];
  negatives: { id: number; weight: number }[];
}

const CENTERS = 16;
const MOST = 4;
const WHOLE = 0.5;
const PART = 0.25;

const pairsOf = (centers: Center[]) => centers.reduce((sum, { contexts }) => sum + contexts.length, 0);

function shareOf(ids: number[]): Block['negatives'] {
  return [...new Set(ids)].map((id) => ({ id, weight: ids.filter((other) => other === id).length / ids.length }));
}

/** A center of a line with its window: places `left` .. `right` - 1, with its own. */
export interface Window {
  line: readonly { id: number }[];
  t: number;
  left: number;
  right: number;
}

/** The chunk's centers in order; each draws its window's width when it is asked for. */
export function* windowsOf(task: ChunkTask, draws: ReturnType<typeof createDraws>): Generator<Window> {
  for (const line of linesOf(task)) {
    for (const [t, { isCenter }] of line.entries()) {
      if (!isCenter || line.length < 2) continue;
      const width = draws.width();
      yield { line, t, left: Math.max(0, t - width), right: Math.min(line.length, t + width + 1) };
    }
  }
}

/** The chunk's blocks in order; with the full softmax without negatives. */
export function skipgramBlocks(task: ChunkTask): { blocks: Block[]; centers: number } {
  const isSampled = task.loss === 'ns';
  const negative = isSampled ? task.negative : 1;
  const K = sharedNegatives(negative, task.window);
  const heaviest = isSampled ? Math.max(1 / K, ...task.noise) : 1;
  const rate = Math.fround(task.rate);
  const draws = createDraws(task);
  // As the kernel rounds them: just below a whole number or just on it makes another block.
  const pairsOfBlock = Math.fround(MOST / Math.fround(Math.fround(rate * negative) * Math.fround(heaviest)));
  const pairsOfWord = Math.fround(MOST / Math.fround(rate * (1 + negative)));
  const blocks: Block[] = [];
  let open: Center[] = [];
  const close = () => {
    if (open.length > 0) blocks.push({ centers: open, negatives: isSampled ? shareOf(draws.negatives(K)) : [] });
    open = [];
  };
  let centers = 0;
  for (const { line, t, left, right } of windowsOf(task, draws)) {
    centers++;
    const { id } = line[t];
    const isCut = isSampled && Math.fround((right - left - 1) * rate) > WHOLE;
    const limit = isCut ? Math.min(pairsOfWord, Math.fround(PART / rate)) : pairsOfWord;
    const most = Math.max(1, Math.floor(Math.min(right - left, limit)));
    for (let start = left; start < right; start += most) {
      const places = Array.from({ length: Math.min(right, start + most) - start }, (_, i) => start + i);
      const contexts = places.filter((place) => place !== t).map((place) => line[place].id);
      if (contexts.length === 0) continue;
      const ofWord = contexts.length + pairsOf(open.filter((other) => other.id === id));
      if (ofWord > pairsOfWord || pairsOf(open) + contexts.length > pairsOfBlock) close();
      open.push({ id, contexts });
      if (isCut || open.length === CENTERS) close();
    }
  }
  close();
  return { blocks, centers };
}

/** M_jk of a center: how often a negative counts for it. */
function weightOf(task: ChunkTask, { contexts }: Center, { id, weight }: Block['negatives'][number]): number {
  return task.negative * weight * contexts.filter((context) => context !== id).length;
}

/** The negative-sampling loss of a block's pairs, all from the same rows, by the reference. */
export function skipgramLoss(task: ChunkTask, { centers, negatives }: Block, { input, output }: Matrices): number {
  const asMatrix = (values: Float64Array) => ({ rows: values.length / task.dim, columns: task.dim, values });
  const matrices = { input: asMatrix(input), output: asMatrix(output) };
  const settings = { model: 'skipgram', hidden: 'mean', contextGradient: 'exact' } as const;
  return centers.reduce((loss, center) => {
    const outputs = [
      ...center.contexts.map((id) => ({ id, label: 1 as const, weight: 1 })),
      ...negatives.map((negative) => ({
        id: negative.id,
        label: 0 as const,
        weight: weightOf(task, center, negative),
      })),
    ];
    return loss + exampleGradients({ inputs: [center.id], outputs }, matrices, settings).loss;
  }, 0);
}

/** The chunk, in place. Loss is measured in every eighth block. */
export function trainSkipgram(task: ChunkTask, matrices: Matrices): ChunkResult {
  const { blocks, centers } = skipgramBlocks(task);
  let [loss, measured] = [0, 0];
  blocks.forEach((block, i) => {
    const words = task.subwords ? { ...matrices, input: wordVectors(task, matrices.input) } : matrices;
    const before = words.input.slice();
    const { old, loss: negativeLoss } = trainOnNegatives(task, block, words);
    const positiveLoss = trainOnContexts(task, block, words, old);
    task.subwords?.forEach((rows, id) => {
      const move = rowOf(words.input, id, task.dim).map((value, at) => value - rowOf(before, id, task.dim)[at]);
      for (const row of rows) addTo(rowOf(matrices.input, row, task.dim), move);
    });
    if (i % 8 > 0) return;
    loss += negativeLoss + positiveLoss;
    measured += pairsOf(block.centers);
  });
  return { loss, measured, centers };
}

/** (V, D) the mean of each word's rows. */
function wordVectors({ subwords = [], dim: D }: ChunkTask, input: Float64Array): Float64Array {
  const vectors = new Float64Array(subwords.length * D);
  subwords.forEach((rows, id) => {
    for (const row of rows) addTo(rowOf(vectors, id, D), rowOf(input, row, D), 1 / rows.length);
  });
  return vectors;
}

/** Both sides from their old rows. Returns the centers' old rows. */
function trainOnNegatives(task: ChunkTask, block: Block, { input, output }: Matrices) {
  const { dim: D, rate } = task;
  const { centers, negatives } = block;
  const K = sharedNegatives(task.negative, task.window);
  const mean = meanRow(task, output);
  const old = centers.map(({ id }) => rowOf(input, id, D).slice());
  const rows = negatives.map(({ id }) => rowOf(output, id, D).slice());
  let loss = 0;
  centers.forEach((center, j) => {
    const q = negatives.map((negative, k) => {
      const weight = weightOf(task, center, negative);
      const score = dot(old[j], rows[k]);
      loss -= weight * Math.log(sigmoidOf(-score));
      return -rate * weight * sigmoidOf(score);
    });
    const sum = q.reduce((a, b) => a + b, 0);
    const row = rowOf(input, center.id, D);
    addTo(row, mean, sum);
    negatives.forEach(({ id, weight }, k) => {
      addTo(row, rows[k], (K / (K - 1)) * (q[k] - sum * weight));
      addTo(rowOf(output, id, D), old[j], q[k]);
    });
  });
  return { old, loss };
}

/** Each center's old row against its context words, as many at a time as the kernel takes. */
function trainOnContexts(
  task: ChunkTask,
  { centers }: Block,
  { input, output }: Matrices,
  old: Float64Array[],
): number {
  const { dim: D, rate } = task;
  let loss = 0;
  centers.forEach(({ id, contexts }, j) => {
    const row = rowOf(input, id, D);
    for (const group of groupsOf(contexts)) {
      const before = group.map((context) => rowOf(output, context, D).slice());
      const q = before.map((o) => {
        loss -= Math.log(sigmoidOf(dot(old[j], o)));
        return rate * (1 - sigmoidOf(dot(old[j], o)));
      });
      group.forEach((context, k) => {
        const o = rowOf(output, context, D);
        addTo(row, o, q[k]); // a word that is there twice is seen the second time as the first has left it
        addTo(o, old[j], q[k]);
      });
    }
  });
  return loss;
}

/** Sixes while more than eight are left, or five or six; else fours. */
function groupsOf(contexts: number[]): number[][] {
  const groups: number[][] = [];
  for (let from = 0; from < contexts.length; ) {
    const left = contexts.length - from;
    const size = left > 8 || left === 5 || left === 6 ? 6 : 4;
    groups.push(contexts.slice(from, from + size));
    from += size;
  }
  return groups;
}
