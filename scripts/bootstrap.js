// Everything a fresh clone needs before it runs: npm packages, the build, TensorFlow. Plain JavaScript on Node alone,
// since it runs before anything is installed. With everything there it takes a fraction of a second and no network.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './build.js';
import { withClock } from './clock.js';
import { withLock } from './lock.js';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** What starts npm: the one that runs this script, if one does. */
export const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];

/**
 * Makes the clone ready to run; `part` is what is built (build.js). TensorFlow that cannot be had stops nothing:
 * `w2v setup` says what is missing.
 */
export async function bootstrap({ tensorflow = true, part = 'all' } = {}) {
  const quit = () => process.exit(130); // which gives the lock back and ends npm
  process.on('SIGINT', quit);
  try {
    if (!(packagesAreInstalled() && isBuilt(part))) {
      const onWait = () => console.error('Another start of this folder is at work: waiting for it');
      await withLock(join(root, '.bootstrap.lock'), { onWait }, () => installAndBuild(part));
    }
  } catch (error) {
    if (error.syscall?.startsWith('spawn')) stop(1, `npm does not start (${error.code}): it comes with Node.js`);
    if (error.code === undefined) throw error;
    stop(1, `${root} cannot be made ready: ${error.message}`);
  } finally {
    process.off('SIGINT', quit);
  }
  if (!tensorflow) return;
  const code = await run([process.execPath, join('bin', 'w2v.js'), 'setup'], { stdio: ['inherit', 2, 'inherit'] });
  if (isInterrupted(code)) stop(code, 'interrupted');
}

async function installAndBuild(part) {
  if (!packagesAreInstalled()) {
    const command = [...npm, 'ci', '--include=dev', '--include=optional', '--no-progress', '--loglevel=error'];
    let said = '';
    // Killed, it leaves nothing that the next `npm ci` does not remove; asked to end, it first tidies up for seconds.
    const options = { stdio: ['ignore', 'pipe', 'pipe'], onText: (text) => (said += text), signal: 'SIGKILL' };
    const code = await withClock('Installing npm packages', () => run(command, options));
    if (isInterrupted(code)) stop(code, 'interrupted');
    if (code !== 0) stop(code, `${said}npm ci failed: check the network and npm config, then start again`);
  }
  await build(part);
}

/**
 * Runs a command line in the project's folder and resolves to its exit code; `onText` gets what it writes to a pipe.
 * What ends this process ends the command, by one `signal`. A terminal sends Ctrl-C to the command itself, which ends in
 * its own way; one in the background is out of the terminal's reach, and `onStart` gets its process.
 */
export function run(
  [command, ...parameters],
  { stdio = 'inherit', onText = () => {}, onStart, signal = 'SIGTERM' } = {},
) {
  return new Promise((resolve, reject) => {
    const isApart = onStart !== undefined && process.platform !== 'win32';
    const child = spawn(command, parameters, { cwd: root, stdio, detached: isApart });
    const end = () => child.killed || child.kill(signal);
    const interrupted = isApart ? end : () => {};
    process.on('SIGINT', interrupted).on('SIGTERM', end).on('SIGHUP', end).on('exit', end);
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onText);
    const settle = (how, value) => {
      process.off('SIGINT', interrupted).off('SIGTERM', end).off('SIGHUP', end).off('exit', end);
      how(value);
    };
    if (child.pid !== undefined) onStart?.(child);
    child.once('error', (error) => settle(reject, error));
    child.once('close', (code, by) => settle(resolve, code ?? 128 + constants.signals[by]));
  });
}

/** Whether a command with this exit code was ended by a signal; npm has codes of its own above 128. */
export const isInterrupted = (code) =>
  ['SIGHUP', 'SIGINT', 'SIGKILL', 'SIGTERM'].some((name) => code === 128 + constants.signals[name]);

/** Whether node_modules holds what package-lock.json names; npm's own record of it stands in a hidden lock file. */
function packagesAreInstalled() {
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, { version, optional }]) =>
        path === '' || (path in present ? present[path].version === version : optional),
    );
  } catch {
    return false;
  }
}

function stop(code, message) {
  console.error(message);
  process.exit(code);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bootstrap();
