// Selects the words whose neighbors differ most, and least, between two sets of vectors (compare-spaces.ts). Where the
// overlap between two seeds is known, the words that changed most are those whose overlap is furthest below it: rare
// words change between any two trainings (Wendlandt et al. 2018), which says nothing about their meaning. Of k
// neighbors many words have the same number in common; among these the overlap of more neighbors decides.
import { NOT_COMPARED } from './not-compared.ts';

export interface WordOverlap {
  /** (V) number of common neighbors, or NOT_COMPARED. */
  byWord: Uint8Array;
  /** (V) the same of more neighbors. */
  widerByWord: Uint8Array;
}

export interface WordChange {
  /** Row in the first file. */
  row: number;
  /** Number of common neighbors, 0 .. k. */
  same: number;
  /** The same between two seeds; undefined if unknown. */
  sameSeeds: number | undefined;
}

/** At most `limit` of the compared rows that `isAsked` accepts. Equal changes are in the order of the file. */
export function changedWords(
  overlap: WordOverlap,
  seeds: WordOverlap | undefined,
  which: 'most' | 'least',
  limit: number,
  isAsked: (row: number) => boolean,
): WordChange[] {
  const changes: WordChange[] = [];
  for (const [row, same] of overlap.byWord.entries()) {
    if (same !== NOT_COMPARED && isAsked(row)) changes.push({ row, same, sameSeeds: seeds?.byWord[row] });
  }
  const byMost = which === 'most';
  const change = ({ same, sameSeeds }: WordChange) => (byMost ? (sameSeeds ?? 0) - same : same);
  const wider = ({ row }: WordChange) =>
    byMost ? (seeds?.widerByWord[row] ?? 0) - overlap.widerByWord[row] : overlap.widerByWord[row];
  return changes.sort((a, b) => change(b) - change(a) || wider(b) - wider(a) || a.row - b.row).slice(0, limit);
}
