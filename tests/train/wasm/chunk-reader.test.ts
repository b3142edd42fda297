import { expect, it } from 'vitest';
import { createRandom, type Random } from '../../../src/base/random.ts';
import { LINE_END } from '../../../src/corpus/encoded-corpus.ts';
import { copyIds } from '../../../src/corpus/id-store.ts';
import { sharedMemory } from '../../../src/kernels/load.ts';
import { isKept } from '../../../src/kernels/train/chunk.plain.ts';
import { createChunkReader } from '../../../src/train/wasm/chunk-reader.ts';
import { chunkAt, planChunks } from '../../../src/train/wasm/chunks.ts';
import { loadTrainingKernel, startTrainingKernel } from '../../../src/train/wasm/training-kernel.ts';
import { layOutMemory } from '../../../src/train/wasm/training-memory.ts';

const V = 20;

function randomEntries(random: Random, length: number, longest: number): Int32Array {
  const entries: number[] = [];
  while (entries.length < length) {
    for (let n = 1 + random.below(longest); n > 0; n--) entries.push(random.below(V));
    entries.push(LINE_END);
  }
  return Int32Array.from(entries.slice(0, length));
}

/** The words that are kept of `line`, W at most. */
function naiveNeighbors(entries: Int32Array, from: number, step: 1 | -1, W: number, keeps: (i: number) => boolean) {
  const found: number[] = [];
  for (let i = from; i >= 0 && i < entries.length && entries[i] !== LINE_END && found.length < W; i += step) {
    if (keeps(i)) found.push(entries[i]);
  }
  return found;
}

it('gives each chunk its kept words, and W kept words of the line on each side, however far these lie apart', () => {
  for (let seed = 0; seed < 24; seed++) {
    const random = createRandom(seed);
    const window = [1, 5, 300][seed % 3];
    const entries = randomEntries(random, 1000 + random.below(2000), [5000, 400, 8, 1][seed % 4]);
    const keep = [0xffffffff, 0x40000000, 0x02000000][Math.floor(seed / 3) % 3];
    const plan = planChunks({ length: entries.length, epochs: 1, seed });
    const shape = { model: 'skipgram', loss: 'ns', words: V, dim: 4, window, negative: 5 } as const;
    const at = layOutMemory({ ...shape, threads: 1, chunk: plan.size });
    const memory = sharedMemory(at.bytes);
    new Uint32Array(memory.buffer, at.keeps, V).fill(keep);
    const kernel = startTrainingKernel(loadTrainingKernel().module, memory, { ...shape, cbowSum: false }, at, 0);
    const read = createChunkReader(kernel, memory, at.scratch[0], {
      size: plan.size,
      window,
      read: (position, target, count) => copyIds(entries, position, target, 0, count),
    });
    for (let index = 0; index < plan.perEpoch; index++) {
      const chunk = chunkAt(plan, index);
      const { total, first, last, words } = read(chunk);
      const kept = new Int32Array(memory.buffer, at.scratch[0].kept, total);
      const keeps = (i: number) => isKept(keep, i, chunk.keepSeed);
      const own = [...entries.subarray(chunk.start, chunk.end)];
      expect([...kept.subarray(0, first)]).toEqual(
        naiveNeighbors(entries, chunk.start - 1, -1, window, keeps).reverse(),
      );
      expect([...kept.subarray(first, last)]).toEqual(own.filter((id, i) => id < 0 || keeps(chunk.start + i)));
      expect([...kept.subarray(last)]).toEqual(naiveNeighbors(entries, chunk.end, 1, window, keeps));
      expect(words).toBe(own.filter((id) => id >= 0).length);
    }
  }
});
