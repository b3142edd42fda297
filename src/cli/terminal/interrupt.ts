// Ctrl-C and the signals like it: the first asks the work to stop at the next step, the second ends the process at
// once.
import { type Environment, isDumb, type OutputStream } from './terminal.ts';

/** What a shell reports of a process that a signal has ended: 128 and its number. */
export const exitCodesOfSignals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
export type StopSignal = keyof typeof exitCodesOfSignals;

export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
}

export interface Interrupt {
  signal: AbortSignal;
  /** From now until the returned function is called, the first signal waits for the work as long as it takes. */
  delayStop(): () => void;
}

const PATIENCE = 3000; // milliseconds that the work may take to stop

/**
 * The signal given to all long work; its reason is the name of what came. `end` is called at the second one, and where
 * the first has not ended the work in time: a thread that waits for a pipe, say, cannot be stopped. Work that saves
 * itself may have more time (`delayStop`).
 *
 * SIGHUP, the terminal is closed, stops what shows itself there. Without a terminal the work goes on, as `nohup` wants
 * it (Node.js has undone what `nohup` arranged before this program begins).
 */
export function listenForInterrupt(
  source: SignalSource,
  stderr: OutputStream,
  environment: Environment,
  end: (signal: StopSignal) => void,
): Interrupt {
  const controller = new AbortController();
  let delays = 0;
  let endSoon: (() => void) | undefined;
  const onSignal = (name: StopSignal) => {
    if (controller.signal.aborted) {
      end(name);
      return;
    }
    controller.abort(name); // takes the progress bar off the screen, too
    const again = name === 'SIGINT' ? 'press Ctrl-C again to quit' : 'a second signal ends it at once';
    const line = name === 'SIGINT' ? `Stopping...; ${again}` : `Stopping (${name})...; ${again}`;
    // On a terminal the line begins with the ^C that was typed.
    stderr.write(`${stderr.isTTY && !isDumb(environment) ? '\r\u001b[K' : ''}${line}\n`);
    endSoon = () => void setTimeout(() => end(name), PATIENCE).unref();
    if (delays === 0) endSoon();
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) source.on(name, () => onSignal(name));
  source.on('SIGHUP', () => {
    if (stderr.isTTY) onSignal('SIGHUP');
  });
  return {
    signal: controller.signal,
    delayStop() {
      delays++;
      return () => {
        delays--;
        if (delays === 0) endSoon?.();
      };
    },
  };
}

/** What to exit with after `signal` has stopped the work. */
export function exitCodeOf(signal: AbortSignal): number {
  return exitCodesOfSignals[signal.reason as StopSignal] ?? exitCodesOfSignals.SIGINT;
}
