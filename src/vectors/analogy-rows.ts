// Finds the best row for each of many analogies, by the sum or the quotient of cosines (3CosAdd, 3CosMul). The cosines of
// all query words with a block of rows are computed once (cosine-blocks.ts); a question costs only additions or
// multiplications, in the compiled kernel. The answers are those of a scan in float32, row by row: the highest score,
// among equal ones the first row.
import type { OnProgress } from '../base/progress.ts';
import { STEP_WORK, type Steps } from '../base/steps.ts';
import { createLayout } from '../kernels/load.ts';
import { cosMulOf } from './cos-mul.ts';
import { createCosineBlocks, MOST_COLUMNS } from './cosine-blocks.ts';
import { inverseNormSteps, withNorms } from './norms.ts';
import type { SparseVectors } from './sparse-matrix.ts';
import type { WordVectors } from './word-vectors.ts';

interface Kernel {
  setQuotient(shift: number, scale: number, epsilon: number): void;
  answer(
    quotient: boolean,
    questions: number,
    Q: number,
    first: number,
    columns: number,
    scratch: number,
    scores: number,
    rows: number,
  ): void;
}

/** a is to b as c is to ?, as rows. */
export interface AnalogyRows {
  a: number;
  b: number;
  c: number;
  /** Rows that are no answer, ascending. */
  excluded: readonly number[];
}

/** b - a + c, or b c / a with the parameters of `cosMulOf`. */
export type Combination = 'sum' | 'quotient';

const QUESTION_NUMBERS = 5;
const KERNEL_SPEED = 8; // numbers for one multiplication of other code

/**
 * answers[combination][question]: the best of the rows 0 .. limit - 1, or -1 if none has a score. Progress: phase
 * 'analogies' in words. Throws `out-of-memory` as `createCosineBlocks` does.
 */
export function* answerRows(
  vectors: WordVectors | SparseVectors,
  questions: readonly AnalogyRows[],
  combinations: readonly Combination[],
  limit: number,
  onProgress?: OnProgress,
): Steps<Int32Array[]> {
  if (questions.length === 0) return combinations.map(() => new Int32Array());
  const queries = [...new Set(questions.flatMap(({ a, b, c }) => [a, b, c]))];
  const queryOf = new Map(queries.map((row, query) => [row, query]));
  const excluded = questions.flatMap((question) => question.excluded);

  const count = questions.length;
  const layout = createLayout(0);
  const tableAt = layout.take(4 * QUESTION_NUMBERS * count);
  const excludedAt = layout.take(4 * excluded.length);
  const resultsAt = combinations.map(() => ({ scores: layout.take(4 * count), rows: layout.take(4 * count) }));
  const scratchAt = layout.take(4 * MOST_COLUMNS);

  const held = withNorms(vectors);
  yield* inverseNormSteps(held); // kept for the blocks
  const blocks = createCosineBlocks(held, queries, limit, layout.end());
  const { memory, roomAt } = blocks;
  const kernel = blocks.kernel as unknown as Kernel;
  const { shift, scale, epsilon } = cosMulOf(vectors);
  kernel.setQuotient(shift, scale, epsilon);

  const table = new Uint32Array(memory.buffer, roomAt + tableAt, QUESTION_NUMBERS * count);
  let next = roomAt + excludedAt;
  for (const [at, { a, b, c, excluded }] of questions.entries()) {
    const end = next + 4 * excluded.length;
    table.set([...[a, b, c].map((row) => blocks.address(queryOf.get(row)!)), next, end], QUESTION_NUMBERS * at);
    next = end;
  }
  new Uint32Array(memory.buffer, roomAt + excludedAt, excluded.length).set(excluded);
  const answers = resultsAt.map(({ scores, rows }) => {
    new Float32Array(memory.buffer, roomAt + scores, count).fill(Number.NEGATIVE_INFINITY);
    return new Int32Array(memory.buffer, roomAt + rows, count).fill(-1);
  });

  const some = Math.ceil((KERNEL_SPEED * STEP_WORK) / blocks.columns);
  for (let first = 0; first < limit; first += blocks.columns) {
    const columns = yield* blocks.load(first);
    for (const [method, { scores, rows }] of resultsAt.entries()) {
      for (let from = 0; from < count; from += some) {
        kernel.answer(
          combinations[method] === 'quotient',
          roomAt + tableAt + 4 * QUESTION_NUMBERS * from,
          Math.min(some, count - from),
          first,
          columns,
          roomAt + scratchAt,
          roomAt + scores + 4 * from,
          roomAt + rows + 4 * from,
        );
        yield;
      }
    }
    onProgress?.({ phase: 'analogies', done: first + columns, total: limit, unit: 'words' });
  }
  return answers.map((rows) => rows.slice()); // which do not keep the memory of the kernel
}
