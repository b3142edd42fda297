// A corpus in memory, from lines of ids.
import { type EncodedCorpus, LINE_END } from '../../src/corpus/encoded-corpus.ts';
import { nothingDropped } from '../corpus/nothing-dropped.ts';

/** Word i is called w{i}; `words` is V, at least the largest id + 1. */
export function memoryCorpus(lines: number[][], words: number): EncodedCorpus {
  const kept = lines.filter((line) => line.length > 0);
  const ids = Int32Array.from(kept.flatMap((line) => [...line, LINE_END]));
  const counts = new Float64Array(words);
  for (const id of kept.flat()) counts[id]++;
  const tokens = ids.length - kept.length;
  return {
    vocabulary: { words: Array.from(counts, (_, i) => `w${i}`), counts, total: tokens },
    ...{ length: ids.length, tokens, storage: { ids } },
    read(position, target, offset, count) {
      const piece = ids.subarray(position, position + count);
      target.set(piece, offset);
      return piece.length;
    },
    close() {},
    source: { files: [], bytes: 0, sha256: '', lines: lines.length },
    dropped: nothingDropped,
  };
}
