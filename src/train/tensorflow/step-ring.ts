// Steps made by a worker thread that is a few chains ahead while TensorFlow computes: a ring of slots in shared memory,
// filled by the worker (step-worker.ts), emptied by the main thread.
import { Worker } from 'node:worker_threads';
import { W2vError } from '../../base/errors.ts';
import { packageFile } from '../../package-file.ts';
import { readerStateLength } from '../batches.ts';
import type { StepInputs } from './step-input.ts';
import { createSlot, type StepFacts, type StepPlan, slotBytes } from './step-plan.ts';
import type { StepSource } from './step-source.ts';

const SLOTS = 4;

/** Memory the preparation worker and the main thread share: a ring of slots, each one chain of steps. */
export interface StepRing {
  plan: StepPlan;
  /** Chains made, chains taken, and 1 once the last is made. */
  control: Int32Array;
  /** (SLOTS, 5): the values of StepFacts, see writeFacts. */
  facts: Float64Array;
  /** (SLOTS, readerStateLength): the state of the reader after each chain. */
  states: Float64Array;
  slots: SharedArrayBuffer;
}

export const MADE = 0;
export const TAKEN = 1;
export const FINISHED = 2;
const FACTS = ['centers', 'examples', 'before', 'done'] as const;

/** Puts a chain's facts beside its slot. */
export function writeFacts({ facts }: StepRing, slot: number, values: StepFacts): void {
  for (const [i, name] of FACTS.entries()) facts[slot * FACTS.length + i] = values[name];
}

function readFacts({ facts }: StepRing, slot: number): StepFacts {
  return Object.fromEntries(FACTS.map((name, i) => [name, facts[slot * FACTS.length + i]])) as unknown as StepFacts;
}

/** The reader's state after the chain of a slot: a step is trained long after its worker has read on. */
export function ringState({ plan, states }: StepRing, slot: number): Float64Array {
  const length = readerStateLength(plan.shape);
  return states.subarray(slot * length, (slot + 1) * length);
}

export const ringSlots = ({ plan, slots }: StepRing): StepInputs[] =>
  Array.from({ length: SLOTS }, (_, slot) => createSlot(plan, slots, slot * slotBytes(plan)));

/**
 * Steps made by a worker thread, up to `SLOTS` chains ahead. Throws `engine-unavailable` if no thread can be started.
 */
export function createWorkerSource(plan: StepPlan, script = packageFile('dist/step-worker.js')): StepSource {
  const ring: StepRing = {
    plan,
    control: new Int32Array(new SharedArrayBuffer(3 * 4)),
    facts: new Float64Array(new SharedArrayBuffer(SLOTS * FACTS.length * 8)),
    states: new Float64Array(new SharedArrayBuffer(SLOTS * readerStateLength(plan.shape) * 8)),
    slots: new SharedArrayBuffer(SLOTS * slotBytes(plan)),
  };
  const { control } = ring;
  const slots = ringSlots(ring);
  const worker = startWorker(script, ring);
  let failure: unknown;
  worker.on('error', (error) => {
    failure = error;
  });
  worker.on('exit', (code) => {
    if (Atomics.load(control, FINISHED) === 0) failure ??= new Error(`it ended early, with exit code ${code}`);
  });
  let taken = -1;

  return {
    async next() {
      if (taken >= 0) {
        Atomics.store(control, TAKEN, taken + 1);
        Atomics.notify(control, TAKEN);
      }
      taken++;
      while (Atomics.load(control, MADE) === taken) {
        if (Atomics.load(control, FINISHED) === 1 && Atomics.load(control, MADE) === taken) return undefined;
        // The wait is short so that a worker that died is noticed: its 'error' event needs this thread's event loop.
        if (Atomics.wait(control, MADE, taken, 20) === 'timed-out') await new Promise(setImmediate);
        if (failure) throw noPreparation(failure);
      }
      const slot = taken % SLOTS;
      return { inputs: slots[slot].whole, facts: readFacts(ring, slot), state: ringState(ring, slot) };
    },
    async close() {
      await worker.terminate();
    },
  };
}

function startWorker(script: URL, workerData: StepRing): Worker {
  try {
    // Node options of the process, such as --input-type, must not apply to the worker's script.
    return new Worker(script, { workerData, execArgv: [] });
  } catch (error) {
    throw noPreparation(error);
  }
}

function noPreparation(cause: unknown): W2vError {
  return new W2vError(
    'engine-unavailable',
    `the thread that prepares batches failed: ${String((cause as Error).message ?? cause)}`,
    'train with { threads: 1 }, which prepares them on the main thread',
    { cause },
  );
}
