// The control for the least frequency of words to compare: by their counts in both files, or where these are unknown by
// their places in both files.

export interface FrequencySteps {
  /** `count`: at least this often in both files; `rank`: among this many first words of both. */
  by: 'count' | 'rank';
  /** From the most words to the fewest. */
  steps: number[];
  /** The step to start with. */
  start: number;
  /** Whether a row of file 1, which file 2 has too, passes a step. */
  isEnough(row: number, step: number): boolean;
}

const SERIES = [1, 2, 5];
const LARGEST = 1e9;
/** Rarer words change between any two trainings (Wendlandt et al. 2018). */
const START = { count: 100, rank: 10_000 };
const FEWEST = 50; // words that the first step should leave

/**
 * @param rows (V of file 1) the row of the same word in file 2, or -1
 * @param counts of file 1 and of file 2, undefined where unknown
 */
export function frequencySteps(
  rows: ArrayLike<number>,
  [first, second]: readonly [ArrayLike<number> | undefined, ArrayLike<number> | undefined],
): FrequencySteps {
  const by = first === undefined || second === undefined ? 'rank' : 'count';
  /** A number that is higher for a more frequent word. */
  const frequency = (row: number) =>
    by === 'count' ? Math.min(first![row], second![rows[row]]) : -Math.max(row, rows[row]) - 1;
  const isEnough = (row: number, step: number) => frequency(row) >= (by === 'count' ? step : -step);
  const common: number[] = [];
  for (let row = 0; row < rows.length; row++) if (rows[row] >= 0) common.push(row);
  const extreme = common.reduce((most, row) => Math.max(most, Math.abs(frequency(row))), 1);
  const round = roundNumbers(extreme);
  const steps = by === 'count' ? round : [...round.filter((step) => step >= 10), extreme].reverse();
  const left = (step: number) => common.filter((row) => isEnough(row, step)).length;
  let start = steps.findLastIndex((step) => (by === 'count' ? step <= START.count : step >= START.rank));
  while (start > 0 && left(steps[start]) < Math.min(FEWEST, common.length)) start--;
  return { by, steps, start: Math.max(0, start), isEnough };
}

/** 1, 2, 5, 10 .. below `end`, at least 1. */
function roundNumbers(end: number): number[] {
  const numbers: number[] = [];
  for (let power = 1; power < LARGEST; power *= 10) {
    for (const factor of SERIES) if (numbers.length === 0 || factor * power < end) numbers.push(factor * power);
  }
  return numbers;
}
