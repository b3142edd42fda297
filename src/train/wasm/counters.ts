// What the training threads count in shared memory: chunks taken, words done, and each thread's own tally, which the
// main thread reads while they run.
import { restoreTally, sumOfThreads, type Tally, type ThreadTally, threadTallyLength } from '../tally.ts';

/** Can be posted to a worker. */
export interface CounterMemory {
  threads: number;
  epochs: number;
  buffer: SharedArrayBuffer;
}

export interface Counters {
  /** The number of the next chunk, from 0 on; each number is returned once. */
  takeChunk(): number;
  /** How many were taken, and some more after the last. */
  chunksTaken(): number;
  /** Words trained on, before subsampling, by all threads. */
  wordsDone(): number;
  addWords(words: number): void;
  /** Before any thread has started. */
  resume(chunks: number, tally: Tally): void;
  /** The tally of a thread, for this thread to add to. */
  own(thread: number): ThreadTally;
  tally(): Tally;
  /** The blocks that a thread's kernel has trained, which it writes at each boundary and takes when it starts. */
  blocks: Int32Array;
  /** Whether threads are to take no further chunk. */
  isHalted(): boolean;
  halt(halted: boolean): void;
}

const CHUNKS = 0; // of the int32
const HALTED = 1;
const WORDS_AT = 8; // bytes: one int64
const TALLIES_AT = 16;

export function createCounterMemory(threads: number, epochs: number): CounterMemory {
  return { threads, epochs, buffer: new SharedArrayBuffer(TALLIES_AT + threads * (8 * threadTallyLength(epochs) + 4)) };
}

export function countersIn({ threads, epochs, buffer }: CounterMemory): Counters {
  const numbers = new Int32Array(buffer, 0, 2);
  const words = new BigInt64Array(buffer, WORDS_AT, 1);
  const length = threadTallyLength(epochs);
  const own = (thread: number) => new Float64Array(buffer, TALLIES_AT + 8 * thread * length, length);
  const all = Array.from({ length: threads }, (_, thread) => own(thread));
  const wordsDone = () => Number(Atomics.load(words, 0));
  return {
    takeChunk: () => Atomics.add(numbers, CHUNKS, 1),
    chunksTaken: () => Atomics.load(numbers, CHUNKS),
    wordsDone,
    addWords: (count) => void Atomics.add(words, 0, BigInt(count)),
    resume(done, tally) {
      numbers[CHUNKS] = done;
      words[0] = BigInt(tally.words);
      restoreTally(all[0], tally);
    },
    own,
    blocks: new Int32Array(buffer, TALLIES_AT + 8 * threads * length, threads),
    tally: () => sumOfThreads(all, wordsDone()),
    isHalted: () => Atomics.load(numbers, HALTED) === 1,
    halt: (halted) => void Atomics.store(numbers, HALTED, halted ? 1 : 0),
  };
}
