// CBOW by blocks, plainly. See src/kernels/training-cbow.assembly.ts.
import {
  add,
  createDraws,
  dot,
  linesOf,
  type Matrices,
  rowOf,
  sigmoid,
  type TwinResult,
  type TwinTask,
} from './naive-twin.ts';

/** A centre, its context words, and the different negatives; `weight`: how often each was drawn. */
export interface Example {
  centre: number;
  contexts: number[];
  negatives: { id: number; weight: number }[];
}

const CENTRES = 16;

/** The chunk's blocks in order: up to 16 neighbouring centres of a line, with one window width. */
export function cbowBlocks(task: TwinTask): Example[][] {
  const draws = createDraws(task);
  const blocks: Example[][] = [];
  for (const line of linesOf(task)) {
    const first = line.findIndex(({ isCentre }) => isCentre);
    const last = line.findLastIndex(({ isCentre }) => isCentre);
    if (first < 0 || line.length < 2) continue;
    for (let t = first; t <= last; t += CENTRES) {
      const width = draws.width();
      const places = Array.from({ length: Math.min(CENTRES, last + 1 - t) }, (_, j) => t + j);
      blocks.push(
        places.map((place) => {
          const centre = line[place].id;
          const others = (_: unknown, i: number) => Math.abs(i - place) <= width && i !== place;
          const drawn = draws.negatives(task.negative).filter((id) => id !== centre);
          const negatives = [...new Set(drawn)].map((id) => ({
            id,
            weight: drawn.filter((other) => other === id).length,
          }));
          return { centre, contexts: line.filter(others).map(({ id }) => id), negatives };
        }),
      );
    }
  }
  return blocks;
}

function hiddenOf({ dim, cbowSum }: TwinTask, { contexts }: Example, input: Float64Array): Float64Array {
  const hidden = new Float64Array(dim);
  for (const id of contexts) add(hidden, cbowSum ? 1 : 1 / contexts.length, rowOf(input, id, dim));
  return hidden;
}

const outputsOf = ({ centre, negatives }: Example) => [{ id: centre, weight: 1 }, ...negatives];

function lossAt(task: TwinTask, example: Example, hidden: Float64Array, output: Float64Array): number {
  return outputsOf(example).reduce((loss, { id, weight }, k) => {
    const score = dot(hidden, rowOf(output, id, task.dim));
    return loss - weight * Math.log(sigmoid(k === 0 ? score : -score));
  }, 0);
}

/** The negative-sampling loss of an example. */
export function cbowLoss(task: TwinTask, example: Example, { input, output }: Matrices): number {
  return lossAt(task, example, hiddenOf(task, example, input), output);
}

/** The chunk, in place. Loss is measured for every eighth centre. */
export function trainCbowTwin(task: TwinTask, { input, output }: Matrices): TwinResult {
  const { dim: D, rate } = task;
  let [loss, measured, centres] = [0, 0, 0];
  for (const block of cbowBlocks(task)) {
    const hiddens = block.map((example) => hiddenOf(task, example, input));
    const errors = block.map((example, j) => {
      const h = hiddens[j];
      if (centres++ % 8 === 0) {
        loss += lossAt(task, example, h, output);
        measured++;
      }
      const error = new Float64Array(D);
      outputsOf(example).forEach(({ id, weight }, k) => {
        const row = rowOf(output, id, D);
        const g = rate * weight * ((k === 0 ? 1 : 0) - sigmoid(dot(h, row)));
        add(error, g, row);
        add(row, g, h);
      });
      return error;
    });
    block.forEach(({ contexts }, j) => {
      for (const id of contexts) add(rowOf(input, id, D), 1, errors[j]);
    });
  }
  return { loss, measured, centres };
}
