// What the training threads count in shared memory: chunks taken, words done, and each thread's own tallies, which the
// main thread reads while they run.
import type { TrainingMemory } from './training-memory.ts';

export interface Counters {
  /** The number of the next chunk, from 0 on; each number is given once. */
  takeChunk(): number;
  /** Words trained on, before subsampling, by all threads. */
  wordsDone(): number;
  add(thread: number, words: number, loss: number, examples: number, centres: number): void;
  /** Sums over the threads. */
  totals(): { loss: number; examples: number; centres: number };
}

const LOSS = 0;
const EXAMPLES = 1;
const CENTRES = 2;
const TALLIES = 4; // float64 of a thread

export function countersIn(
  memory: WebAssembly.Memory,
  at: Pick<TrainingMemory, 'counters' | 'tallies' | 'scratch'>,
): Counters {
  const chunks = new Int32Array(memory.buffer, at.counters, 1);
  const words = new BigInt64Array(memory.buffer, at.counters + 8, 1);
  const tallies = new Float64Array(memory.buffer, at.tallies, at.scratch.length * TALLIES);
  const total = (which: number) => {
    let sum = 0;
    for (let i = which; i < tallies.length; i += TALLIES) sum += tallies[i];
    return sum;
  };
  return {
    takeChunk: () => Atomics.add(chunks, 0, 1),
    wordsDone: () => Number(Atomics.load(words, 0)),
    add(thread, done, loss, examples, centres) {
      tallies[thread * TALLIES + LOSS] += loss;
      tallies[thread * TALLIES + EXAMPLES] += examples;
      tallies[thread * TALLIES + CENTRES] += centres;
      Atomics.add(words, 0, BigInt(done));
    },
    totals: () => ({ loss: total(LOSS), examples: total(EXAMPLES), centres: total(CENTRES) }),
  };
}
