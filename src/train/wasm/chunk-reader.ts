// A chunk's words as the kernel trains on them: those that survive subsampling, and around them the words of the
// neighboring chunks that windows reach, up to W on each side on the same line, however many entries these lie apart.
import { LINE_END } from '../../corpus/encoded-corpus.ts';
import type { Chunk } from './chunks.ts';
import type { TrainingKernel } from './training-kernel.ts';
import type { Scratch } from './training-memory.ts';

/** Entries of the corpus from `position` on -> `target`; how many there were. */
export type ReadEntries = (position: number, target: Int32Array, count: number) => number;

export interface ReadChunk {
  /** Tokens in the kernel's `kept` area; those from `first` to `last` - 1 are the chunk's own. */
  total: number;
  first: number;
  last: number;
  /** Words of the chunk, before subsampling. */
  words: number;
}

/** @param size the longest chunk, in entries */
export function createChunkReader(
  kernel: Pick<TrainingKernel, 'keepTokens' | 'wordsSeen'>,
  memory: WebAssembly.Memory,
  at: Pick<Scratch, 'tokens' | 'kept'>,
  { size, window, read }: { size: number; window: number; read: ReadEntries },
): (chunk: Chunk) => ReadChunk {
  const entries = new Int32Array(memory.buffer, at.tokens, size);
  const kept = new Int32Array(memory.buffer, at.kept, window + size + window);

  /** The kept words from `position` on, `step` 1 or -1, as far as the line goes, W at most, the nearest first. */
  function neighbors(position: number, step: 1 | -1, keepSeed: bigint): number[] {
    const found: number[] = [];
    const most = Math.min(size, 2 * window + 64);
    for (let next = position; ; ) {
      const from = step === 1 ? next : Math.max(0, next + 1 - most);
      const got = read(from, entries, step === 1 ? most : next + 1 - from);
      if (got <= 0) return found;
      const count = kernel.keepTokens(at.tokens, got, BigInt(from), keepSeed, at.tokens);
      for (let i = 0; i < count; i++) {
        const id = entries[step === 1 ? i : count - 1 - i];
        if (id === LINE_END) return found;
        found.push(id);
        if (found.length === window) return found;
      }
      next += step * got;
    }
  }

  return ({ start, end, keepSeed }) => {
    const left = neighbors(start - 1, -1, keepSeed);
    kept.set(left.reverse());
    const got = read(start, entries, end - start);
    const own = kernel.keepTokens(at.tokens, got, BigInt(start), keepSeed, at.kept + 4 * left.length);
    const words = kernel.wordsSeen();
    const last = left.length + own;
    const right = neighbors(end, 1, keepSeed);
    kept.set(right, last);
    return { total: last + right.length, first: left.length, last, words };
  };
}
