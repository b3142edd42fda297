// Runs long computations in the page in turns of some milliseconds, between which the browser draws and takes input.
import type { Steps } from '../../../base/steps.ts';

const TURN = 20; // milliseconds

export interface Turns<T> {
  /** Asked after each pause: false ends the computation. */
  isWanted(): boolean;
  /** Before the first pause, if there is one. */
  onPause?(): void;
  onDone(result: T): void;
}

/** What fits into one turn is done on return. */
export function runInTurns<T>(steps: Steps<T>, { isWanted, onPause, onDone }: Turns<T>): void {
  const turn = (): boolean => {
    const end = performance.now() + TURN;
    do {
      const step = steps.next();
      if (!step.done) continue;
      onDone(step.value);
      return true;
    } while (performance.now() < end);
    return false;
  };
  const later = () =>
    setTimeout(() => {
      if (isWanted() && !turn()) later();
    });
  if (turn()) return;
  onPause?.();
  later();
}
