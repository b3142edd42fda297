// Selects the words whose neighbours differ most, and least, between two sets of vectors (compare-spaces.ts). Where the
// overlap between two seeds is known, the words that changed most are those whose overlap is furthest below it: rare words
// change between any two trainings (Wendlandt et al. 2018), which says nothing about their meaning.
import { NOT_COMPARED } from './not-compared.ts';

export interface WordChange {
  /** Row in the first file. */
  row: number;
  /** Number of common neighbours, 0 .. k. */
  same: number;
  /** The same between two seeds; undefined if unknown. */
  sameSeeds: number | undefined;
}

/**
 * At most `limit` of the compared rows that `isAsked` accepts. Equal changes are in the order of the file.
 *
 * @param byWord (V) number of common neighbours, or NOT_COMPARED
 * @param seedsByWord (V) the same between two seeds
 */
export function changedWords(
  byWord: Uint8Array,
  seedsByWord: Uint8Array | undefined,
  which: 'most' | 'least',
  limit: number,
  isAsked: (row: number) => boolean,
): WordChange[] {
  const changes: WordChange[] = [];
  for (const [row, same] of byWord.entries()) {
    if (same !== NOT_COMPARED && isAsked(row)) changes.push({ row, same, sameSeeds: seedsByWord?.[row] });
  }
  const change = ({ same, sameSeeds }: WordChange) => (which === 'most' ? (sameSeeds ?? 0) - same : same);
  return changes.sort((a, b) => change(b) - change(a) || a.row - b.row).slice(0, limit);
}
