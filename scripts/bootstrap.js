// Everything a fresh clone needs before it runs: npm packages, the build, TensorFlow. Plain JavaScript on Node alone,
// since it runs before anything is installed. With everything there it takes a fraction of a second and no network.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from './build.js';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Makes the clone ready to run. TensorFlow that cannot be had stops nothing: `w2v setup` says what is missing. */
export async function bootstrap() {
  await withProjectLock(async () => {
    if (!packagesAreInstalled()) {
      console.error('Installing npm packages');
      const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
      const code = await run([...npm, 'ci', '--include=dev', '--include=optional'], { stdoutToStderr: true });
      if (code !== 0) stop(code, 'npm ci failed: check the network and npm config, then start again');
    }
    await build();
  });
  const code = await run([process.execPath, join('bin', 'w2v.js'), 'setup'], { stdoutToStderr: true });
  if (code === 130) stop(code, 'interrupted');
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
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
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

/** One bootstrap of this folder at a time; a lock is stale when its process is gone or has not touched it for a minute. */
async function withProjectLock(work) {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const path = join(tmpdir(), `w2v-bootstrap-${name}.lock`);
  for (let waited = 0; !tryLock(path); waited++) {
    if (waited === 1) console.error('Another start of this folder is at work: waiting for it');
    await sleep(200);
  }
  const heartbeat = setInterval(() => utimes(path, new Date(), new Date()).catch(() => {}), 5000);
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    await work();
  } finally {
    clearInterval(heartbeat);
    process.off('exit', release);
    release();
  }
}

function tryLock(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    const age = Date.now() - statSync(path).mtimeMs;
    const pid = Number(readFileSync(path, 'utf8'));
    // A lock just made may not hold its number yet.
    if (age > 60_000 || (age > 1000 && !isAlive(pid))) rmSync(path, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return false;
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function stop(code, message) {
  console.error(message);
  process.exit(code);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bootstrap();
