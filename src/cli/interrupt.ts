// Ctrl-C: the first asks the work to stop at the next step, the second ends the process at once.
import type { OutputStream } from './terminal.ts';

export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
}

/** The signal given to all long work. `exit` is what the second Ctrl-C calls, with 130. */
export function listenForInterrupt(
  source: SignalSource,
  stderr: OutputStream,
  exit: (code: number) => void,
): AbortSignal {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) {
      exit(130);
      return;
    }
    stderr.write('\nStopping...; press Ctrl-C again to quit\n');
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) source.on(name, onSignal);
  return controller.signal;
}
