// The process: its streams, signals and exit code. The only file that ends the process or sets the code it ends with.
import { removeTemporaries } from '../files/temporaries.ts';
import { listenForInterrupt } from './interrupt.ts';
import { describeError } from './report-error.ts';
import { run } from './run.ts';
import { colorsFor } from './terminal.ts';

process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code === 'EPIPE') process.exit(0); // a reader that has seen enough (`w2v nearest ... | head`) is no failure
  const colors = colorsFor(process.stderr, process.env, process.argv.includes('--no-color'));
  const { text, exitCode } = describeError(cause, { colors, debug: false });
  process.stderr.write(text);
  process.exit(exitCode);
});
process.stderr.on('error', () => {}); // nobody reads it: go on without

process.on('exit', removeTemporaries); // also where a second Ctrl-C leaves no time to clean up

const signal = listenForInterrupt(process, process.stderr, (code) => process.exit(code));
signal.addEventListener('abort', () => process.stdin.destroy()); // a read that waits for more text would never end

process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  noColor: false,
  signal,
});
