// Long computations as generators that yield between their steps, so that one implementation has two forms: a synchronous
// one, and one that lets the event loop run (signals, timers, other requests) every few milliseconds.
import { throwIfAborted } from './errors.ts';

/** Yields wherever it may pause: often enough that a step takes a few milliseconds at most. Returns the result. */
export type Steps<T> = Generator<void, T, void>;

/** Multiplications between two pauses: about a millisecond. */
export const STEP_WORK = 1e6;

const TURN = 20; // milliseconds of work between two turns of the event loop

/** Runs all steps at once. The event loop does not run meanwhile, so an AbortSignal cannot fire. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Turns of the event loop for a loop of many short steps: one is due where 20 ms have gone by since the last. */
export function createTurns(): { isDue(): boolean; take(): Promise<void> } {
  let since = performance.now();
  return {
    isDue: () => performance.now() - since >= TURN,
    async take() {
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    },
  };
}

/** Runs the steps and gives the event loop a turn every 20 ms. Throws `interrupted` once the signal has fired. */
export async function finishInTurns<T>(steps: Steps<T>, signal?: AbortSignal): Promise<T> {
  throwIfAborted(signal);
  const turns = createTurns();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (!turns.isDue()) continue;
    await turns.take();
    throwIfAborted(signal);
  }
}
