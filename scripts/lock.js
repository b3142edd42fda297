// One process at a time, by a lock file. What src/setup/lock.ts does, as plain JavaScript, since it runs before
// anything is built: the file names its holder, who touches it; it is stale when that process is gone or has not done
// so for a minute.
import { linkSync, lstatSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const staleMilliseconds = 60_000;

/**
 * Runs `work` while holding the lock file `path`, in a folder that only the user writes to. Throws what the system says
 * where the lock cannot be made, and an error with the code EISDIR where a folder stands under its name.
 */
export async function withLock(path, { onWait = () => {}, pollMilliseconds = 200 } = {}, work) {
  for (let waited = 0; !tryLock(path); waited++) {
    if (waited === 1) onWait();
    await sleep(pollMilliseconds);
  }
  const heartbeat = setInterval(() => touch(path), staleMilliseconds / 12);
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.off('exit', release);
    release();
  }
}

/** A hard link appears whole or not at all, so nobody reads a lock without its holder in it. */
function tryLock(path) {
  const own = uniqueName(path);
  const text = JSON.stringify({ pid: process.pid, host: hostname() });
  writeFileSync(own, text, { flag: 'wx' });
  try {
    try {
      linkSync(own, path);
    } catch (error) {
      if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes(error.code)) throw error;
      writeFileSync(path, text, { flag: 'wx' }); // a disk without hard links
    }
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(own, { force: true });
  }
  if (isStale(path)) takeAway(path);
  return false;
}

/** What is no file, such as a link that leads nowhere, is nobody's lock. */
function isStale(path) {
  let age = 0;
  try {
    const found = lstatSync(path);
    if (found.isDirectory()) {
      throw Object.assign(new Error(`${path} is a folder, expected a lock file: remove it`), { code: 'EISDIR' });
    }
    age = Date.now() - found.mtimeMs;
    if (!found.isFile() || age > staleMilliseconds) return true;
    const { pid, host } = JSON.parse(readFileSync(path, 'utf8'));
    return host === hostname() && !isAlive(pid);
  } catch (error) {
    if (error.code === 'ENOENT') return false; // gone meanwhile
    if (error instanceof SyntaxError) return age > 2000; // cut short by a full disk, or not written yet
    throw error;
  }
}

/** By a rename: of two that judge a lock stale, one alone takes it; if it is a new one by now, it goes back. */
function takeAway(path) {
  const aside = uniqueName(path);
  try {
    renameSync(path, aside);
    const found = lstatSync(aside);
    const isFresh = found.isFile() && !isStale(aside);
    if (isFresh) linkSync(aside, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  }
  rmSync(aside, { force: true });
}

function touch(path) {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // taken away as stale: what the work does is safe without it
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

let names = 0;

function uniqueName(path) {
  return `${path}.${process.pid}-${names++}`;
}
