// Hierarchical softmax and the full softmax on a chunk in plain TypeScript, with the reference's steps
// (src/explain/word2vec/example-gradients.ts). See src/kernels/train/tree.assembly.ts and
// softmax.assembly.ts.

import { type HuffmanTree, pathTo } from '../../corpus/huffman.ts';
import { addTo } from '../../explain/matrix.ts';
import { answerGradients, type ExampleGradients, pathGradients } from '../../explain/word2vec/example-gradients.ts';
import { cbowBlocks } from './cbow.plain.ts';
import { type ChunkResult, type ChunkTask, createDraws, type Matrices } from './chunk.plain.ts';
import { skipgramBlocks, windowsOf } from './skipgram.plain.ts';

const MOST = 4;
const CENTERS = 16;

type PlainForm = (task: ChunkTask, matrices: Matrices, tree: HuffmanTree) => ChunkResult;

export const softmaxForms: Record<'hs' | 'softmax', Record<ChunkTask['model'], PlainForm>> = {
  hs: { skipgram: trainTreeSkipgram, cbow: trainCbow },
  softmax: { skipgram: trainSoftmaxSkipgram, cbow: trainCbow },
};

/** Loss and gradients of one example, the sum over `inputs` for skip-gram. */
export function softmaxGradients(
  task: ChunkTask,
  { inputs, answer }: { inputs: number[]; answer: number },
  { input, output }: Matrices,
  tree: HuffmanTree,
): ExampleGradients {
  const { model, dim, cbowSum } = task;
  const asMatrix = (values: Float64Array) => ({ rows: values.length / dim, columns: dim, values });
  const matrices = { input: asMatrix(input), output: asMatrix(output) };
  const settings = { model, hidden: cbowSum ? 'sum' : 'mean', contextGradient: 'whole' } as const;
  return task.loss === 'hs'
    ? pathGradients({ inputs, path: pathTo(tree, answer) }, matrices, settings)
    : answerGradients({ inputs, answer }, matrices, settings);
}

/** Each center's path against its context words, up to 16 of them from the same old rows. */
function trainTreeSkipgram(task: ChunkTask, matrices: Matrices, tree: HuffmanTree): ChunkResult {
  let [loss, measured, centers] = [0, 0, 0];
  const rate = Math.fround(task.rate);
  for (const { line, t, left, right } of windowsOf(task, createDraws(task))) {
    const answer = line[t].id;
    const contexts = line.slice(left, right).flatMap(({ id }, i) => (left + i === t ? [] : [id]));
    const most = Math.max(1, Math.min(CENTERS, Math.floor(MOST / (rate * pathTo(tree, answer).length))));
    const measure = centers++ % 8 === 0;
    if (measure) measured += contexts.length;
    for (let from = 0; from < contexts.length; from += most) {
      const inputs = contexts.slice(from, from + most);
      const gradients = softmaxGradients(task, { inputs, answer }, matrices, tree);
      descend(task, matrices, [gradients]);
      if (measure) loss += gradients.loss;
    }
  }
  return { loss, measured, centers };
}

/** A block of centers against all words, from the same old rows. */
function trainSoftmaxSkipgram(task: ChunkTask, matrices: Matrices, tree: HuffmanTree): ChunkResult {
  let [loss, measured] = [0, 0];
  const { blocks, centers } = skipgramBlocks(task);
  blocks.forEach((block, i) => {
    const gradients = block.centers.flatMap(({ id, contexts }) =>
      contexts.map((answer) => softmaxGradients(task, { inputs: [id], answer }, matrices, tree)),
    );
    descend(task, matrices, gradients);
    if (i % 8 > 0) return;
    loss += gradients.reduce((sum, one) => sum + one.loss, 0);
    measured += gradients.length;
  });
  return { loss, measured, centers };
}

/** All rows move with each center (the tree), or once a block (the full softmax). */
function trainCbow(task: ChunkTask, { input, output }: Matrices, tree: HuffmanTree): ChunkResult {
  let [loss, measured, centers] = [0, 0, 0];
  const size = task.loss === 'hs' ? 1 : Math.max(1, Math.min(CENTERS, Math.floor(MOST / (2 * task.rate))));
  for (const block of cbowBlocks({ ...task, negative: 0 }, size)) {
    const old = { input: input.slice(), output: output.slice() };
    for (const { center, contexts } of block) {
      const gradients = softmaxGradients(task, { inputs: contexts, answer: center }, old, tree);
      descend(task, { input, output }, [gradients]);
      if (centers++ % 8 > 0) continue;
      loss += gradients.loss;
      measured++;
    }
  }
  return { loss, measured, centers };
}

function descend({ rate }: ChunkTask, { input, output }: Matrices, gradients: ExampleGradients[]): void {
  for (const one of gradients) {
    addTo(input, one.input.values, -rate);
    addTo(output, one.output.values, -rate);
  }
}
