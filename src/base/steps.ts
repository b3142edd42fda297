// Runs long computations as generators that yield between steps, so that one implementation has two forms: a
// synchronous one, and an asynchronous one that yields to the event loop (signals, timers, other requests) every few
// milliseconds.
import { throwIfAborted } from './errors.ts';

/** Yields where it can pause, so often that a step takes at most a few milliseconds. Returns the result. */
export type Steps<T> = Generator<void, T, void>;

/** Multiplications between two pauses: about a millisecond. */
export const STEP_WORK = 1e6;

const TURN = 20; // milliseconds of work between yields to the event loop

/** Browsers have no setImmediate. */
const afterOtherWork: (then: () => void) => unknown = typeof setImmediate === 'function' ? setImmediate : setTimeout;

/** Runs all steps synchronously, so an AbortSignal cannot fire meanwhile. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Yields to the event loop from a loop of many short steps, if 20 ms have passed since the last yield. */
export function createTurns(): { isDue(): boolean; take(): Promise<void> } {
  let since = performance.now();
  return {
    isDue: () => performance.now() - since >= TURN,
    async take() {
      await new Promise<void>((resolve) => afterOtherWork(resolve));
      since = performance.now();
    },
  };
}

/** Runs the steps and yields to the event loop every 20 ms. Throws `interrupted` after the signal has fired. */
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
