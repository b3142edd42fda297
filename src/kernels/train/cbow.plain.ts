// CBOW by blocks in plain TypeScript, with the reference's step on each example
// (src/explain/word2vec/example-gradients.ts). See src/kernels/train/cbow.assembly.ts.
import { addTo } from '../../explain/matrix.ts';
import { exampleGradients } from '../../explain/word2vec/example-gradients.ts';
import { type ChunkResult, type ChunkTask, createDraws, linesOf, type Matrices } from './chunk.plain.ts';

/** A center, its context words, and the different negatives; `weight`: how often each was drawn. */
export interface Example {
  center: number;
  contexts: number[];
  negatives: { id: number; weight: number }[];
}

const CENTERS = 16;

/** The chunk's blocks in order: up to `centers` neighboring ones of a line, with one window width. */
export function cbowBlocks(task: ChunkTask, centers = CENTERS): Example[][] {
  const draws = createDraws(task);
  const blocks: Example[][] = [];
  for (const line of linesOf(task)) {
    const first = line.findIndex(({ isCenter }) => isCenter);
    const last = line.findLastIndex(({ isCenter }) => isCenter);
    if (first < 0 || line.length < 2) continue;
    for (let t = first; t <= last; t += centers) {
      const width = draws.width();
      const places = Array.from({ length: Math.min(centers, last + 1 - t) }, (_, j) => t + j);
      blocks.push(
        places.map((place) => {
          const center = line[place].id;
          const others = (_: unknown, i: number) => Math.abs(i - place) <= width && i !== place;
          const drawn = draws.negatives(task.negative).filter((id) => id !== center);
          const negatives = [...new Set(drawn)].map((id) => ({
            id,
            weight: drawn.filter((other) => other === id).length,
          }));
          return { center, contexts: line.filter(others).map(({ id }) => id), negatives };
        }),
      );
    }
  }
  return blocks;
}

/**
 * Loss and gradients, by the reference; the kernel gives each context word the whole gradient of h, as word2vec.c does.
 */
function gradientsOf(task: ChunkTask, { center, contexts, negatives }: Example, { input, output }: Matrices) {
  const asMatrix = (values: Float64Array) => ({ rows: values.length / task.dim, columns: task.dim, values });
  const outputs = [
    { id: center, label: 1 as const, weight: 1 },
    ...negatives.map((negative) => ({ ...negative, label: 0 as const })),
  ];
  return exampleGradients(
    { inputs: task.subwords ? contexts.flatMap((id) => task.subwords![id]) : contexts, outputs },
    { input: asMatrix(input), output: asMatrix(output) },
    { model: 'cbow', hidden: task.cbowSum ? 'sum' : 'mean', contextGradient: 'whole' },
  );
}

/** The negative-sampling loss of an example. */
export function cbowLoss(task: ChunkTask, example: Example, matrices: Matrices): number {
  return gradientsOf(task, example, matrices).loss;
}

/**
 * The chunk, in place. Output rows move with each center, input rows once a block. Loss is measured for every eighth
 * center.
 */
export function trainCbow(task: ChunkTask, { input, output }: Matrices): ChunkResult {
  let [loss, measured, centers] = [0, 0, 0];
  for (const block of cbowBlocks(task)) {
    const slopes = new Float64Array(input.length);
    for (const example of block) {
      const gradients = gradientsOf(task, example, { input, output });
      addTo(slopes, gradients.input.values);
      addTo(output, gradients.output.values, -task.rate);
      if (centers++ % 8 > 0) continue;
      loss += gradients.loss;
      measured++;
    }
    addTo(input, slopes, -task.rate);
  }
  return { loss, measured, centers };
}
