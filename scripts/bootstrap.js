// Everything a fresh clone needs before it runs: npm packages, the build, TensorFlow. Plain JavaScript on Node alone,
// since it runs before anything is installed. With everything there it takes a fraction of a second and no network.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './build.js';
import { withLock } from './lock.js';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** What starts npm: the one that runs this script, if one does. */
export const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];

/** Makes the clone ready to run. TensorFlow that cannot be had stops nothing: `w2v setup` says what is missing. */
export async function bootstrap() {
  await ready();
  const code = await run([process.execPath, join('bin', 'w2v.js'), 'setup'], { stdoutToStderr: true });
  if (code > 128) stop(code, 'interrupted');
}

/** npm packages and the build. */
export async function ready() {
  try {
    if (!(packagesAreInstalled() && isBuilt())) {
      const onWait = () => console.error('Another start of this folder is at work: waiting for it');
      await withLock(join(root, '.bootstrap.lock'), { onWait }, installAndBuild);
    }
  } catch (error) {
    if (error.syscall?.startsWith('spawn')) stop(1, `npm does not start (${error.code}): it comes with Node.js`);
    if (error.code === undefined) throw error;
    stop(1, `${root} cannot be made ready: ${error.message}`);
  }
}

async function installAndBuild() {
  if (!packagesAreInstalled()) {
    console.error('Installing npm packages');
    const code = await run([...npm, 'ci', '--include=dev', '--include=optional'], { stdoutToStderr: true });
    if (code !== 0) stop(code, 'npm ci failed: check the network and npm config, then start again');
  }
  await build();
}

/** Runs a command line in the project's folder and resolves to its exit code. Ctrl-C is the command's own business. */
export function run([command, ...parameters], { stdoutToStderr = false } = {}) {
  return new Promise((resolve, reject) => {
    const ignore = () => {};
    process.on('SIGINT', ignore);
    const stdio = ['inherit', stdoutToStderr ? 2 : 'inherit', 'inherit'];
    const child = spawn(command, parameters, { cwd: root, stdio });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', ignore);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

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
