// The process: its streams, signals and exit code. The only file that ends the process or sets the code it ends with.
import { listenForInterrupt } from './interrupt.ts';
import { run } from './run.ts';

// A reader that has seen enough (`w2v nearest ... | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});
process.stderr.on('error', () => {}); // nobody reads it: go on without

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
