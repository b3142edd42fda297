// How many entries the merged half of the co-occurrence matrix has in each row and column. Parts of it are placed in
// the matrix at the same time, in groups of consecutive parts, so columns are tallied by group: the entries of a column
// lie in the order of the groups.
import type { CountingPlan } from './counting-plan.ts';

const MOST_GROUPS = 8;

/** In shared memory, for all workers. */
export interface Tallies {
  /** (V) entries of each row; undirected, with the one on the diagonal. */
  asRow: Uint32Array;
  /** (V) entries of each column, for each group; undirected, without those on the diagonal. */
  asColumn: Uint32Array[];
}

export function createTallies({ threads, words }: CountingPlan): Tallies {
  const zeros = () => new Uint32Array(new SharedArrayBuffer(4 * words));
  return { asRow: zeros(), asColumn: Array.from({ length: Math.min(threads, MOST_GROUPS) }, zeros) };
}

/** The parts of a group, from `first` to before `end`. */
export function partsOf(
  group: number,
  { asColumn }: Tallies,
  { partRows }: CountingPlan,
): { first: number; end: number } {
  const parts = partRows.length - 1;
  const bound = (number: number) => Math.floor((number * parts) / asColumn.length);
  return { first: bound(group), end: bound(group + 1) };
}

/** Adds the tallies (V each) of a part; other threads may add those of other parts at the same time. */
export function addTallies(
  tallies: Tallies,
  plan: CountingPlan,
  part: number,
  asRow: Uint32Array,
  asColumn: Uint32Array,
): void {
  const { partRows, words } = plan;
  const group = tallies.asColumn.findIndex((_, number) => part < partsOf(number, tallies, plan).end);
  const ofGroup = tallies.asColumn[group];
  for (let row = partRows[part]; row < partRows[part + 1]; row++) tallies.asRow[row] = asRow[row];
  for (let column = 0; column < words; column++) {
    const entries = asColumn[column];
    if (entries > 0) Atomics.add(ofGroup, column, entries);
  }
}
