// Maps provisional to final ids, in place: removes dropped words, and lines without any kept word.
import { LINE_END } from './encoded-corpus.ts';

/**
 * Maps the first `count` entries through `finalIds` (-1: dropped) and moves what is kept to the front; returns how many
 * entries that is. A line end before any kept word stays, because the line may have begun before these entries.
 */
export function mapIds(entries: Int32Array, count: number, finalIds: Int32Array): number {
  let kept = 0;
  let lineStart = -1;
  for (let i = 0; i < count; i++) {
    const provisional = entries[i]!;
    if (provisional === LINE_END) {
      if (kept > lineStart) entries[kept++] = LINE_END;
      lineStart = kept;
      continue;
    }
    const id = finalIds[provisional]!;
    entries[kept] = id;
    kept += 1 + (id >> 31); // branch-free, because a branch on dropped words (-1) is unpredictable
  }
  return kept;
}
