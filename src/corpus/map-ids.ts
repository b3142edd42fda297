// Maps provisional to final ids, in place: removes dropped words, and lines without any kept word.
import { LINE_END } from './encoded-corpus.ts';
import type { IdStore } from './id-store.ts';

/**
 * Maps the first `count` entries through `finalIds` (-1: dropped) and moves what is kept to the front; returns how many
 * entries that is. A line end before any kept word stays, because the line may have begun before these entries.
 */
export function mapIds(entries: Int32Array, count: number, finalIds: Int32Array): number {
  let kept = 0;
  let lineStart = -1;
  for (let i = 0; i < count; i++) {
    const provisional = entries[i];
    if (provisional === LINE_END) {
      if (kept > lineStart) entries[kept++] = LINE_END;
      lineStart = kept;
      continue;
    }
    const id = finalIds[provisional];
    entries[kept] = id;
    kept += 1 + (id >> 31); // branch-free, because a branch on dropped words (-1) is unpredictable
  }
  return kept;
}

/** Takes mapped pieces in order. Returns each without the line end at its start, where no word comes before it. */
export function lineJoiner(): (mapped: Int32Array) => Int32Array {
  let lineIsOpen = false; // whether the last line has a word so far
  return (mapped) => {
    const entries = mapped[0] === LINE_END && !lineIsOpen ? mapped.subarray(1) : mapped;
    if (mapped.length > 0) lineIsOpen = mapped.at(-1) !== LINE_END;
    return entries;
  };
}

/**
 * The entries `from` .. `to - 1` of a store through `finalIds`, by pieces of `size` entries, less what is dropped. Each
 * is valid until the next.
 */
export function* mappedPieces(
  store: IdStore,
  { from, to, size }: { from: number; to: number; size: number },
  finalIds: Int32Array,
): Generator<Int32Array> {
  const entries = new Int32Array(Math.min(size, to - from));
  const join = lineJoiner();
  for (let position = from; position < to; ) {
    const got = store.read(position, entries, 0, Math.min(entries.length, to - position));
    position += got;
    yield join(entries.subarray(0, mapIds(entries, got, finalIds)));
  }
}
