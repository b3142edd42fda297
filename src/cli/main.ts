// The process: its streams, signals and exit code. The only file that ends the process or sets the code it ends with.
import { removeTemporaries } from '../files/temporaries.ts';
import { removeTemporaryFolders } from '../files/temporary-folder.ts';
import { run } from './run.ts';
import { exitCodesOfSignals, listenForInterrupt, type StopSignal } from './terminal/interrupt.ts';
import { stopProgress } from './terminal/progress.ts';
import { describeError } from './terminal/report-error.ts';
import { closedPipeCode, standardOutput } from './terminal/standard-output.ts';
import { colorsFor } from './terminal/terminal.ts';

process.on('exit', cleanUp);
process.on('uncaughtException', endWith); // also rejected promises without a handler
const stdout = standardOutput(process.stdout);
stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code === 'EPIPE') process.exit(closedPipeCode(stdout));
  if (stdout.listenerCount('error') === 1) endWith(cause); // another listener may save what cannot be written
});
process.stderr.on('error', () => {}); // continue without messages

const { signal, delayStop } = listenForInterrupt(process, process.stderr, process.env, endBy);
signal.addEventListener('abort', () => process.stdin.destroy()); // a read that waits for more text would never end

process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout,
  stderr: process.stderr,
  environment: process.env,
  noColor: false,
  signal,
  delayStop,
});
// A timer or a thread that a tokenizer module left would keep the process. After a signal interrupt.ts ends it.
if (!signal.aborted) setTimeout(() => process.exit(), 500).unref();

function cleanUp(): void {
  stopProgress();
  removeTemporaries();
  removeTemporaryFolders();
}

/** At once, also where process.exit would wait for a thread that never comes back. The shell sees 130, 143 or 129. */
function endBy(name: StopSignal): void {
  cleanUp();
  process.removeAllListeners(name);
  // Windows has no signals: there the process would end with 1.
  if (process.platform === 'win32') process.exit(exitCodesOfSignals[name]);
  process.kill(process.pid, name);
}

function endWith(error: unknown): void {
  stopProgress();
  const colors = colorsFor(process.stderr, process.env, process.argv.includes('--no-color'));
  const { text, exitCode } = describeError(error, {
    colors,
    debug: process.env.DEBUG === 'w2v',
    stream: process.stderr,
  });
  process.stderr.write(text);
  process.exit(exitCode);
}
