// A folder to run a command in, with a temporary folder, a cache and a home beside it, and what is in them afterwards.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('../../..', import.meta.url));
const parts = ['here', 'tmp', 'cache', 'home'];

export function createRoom() {
  const base = mkdtempSync(join(tmpdir(), 'w2v-kills-'));
  for (const part of parts) mkdirSync(join(base, part), { mode: 0o700 });
  return base;
}

/** The same files in a new place; hard links for large ones are up to `prepare`. */
export function copyRoom(room) {
  const base = mkdtempSync(join(tmpdir(), 'w2v-kills-'));
  for (const part of parts) cpSync(join(room, part), join(base, part), { recursive: true, verbatimSymlinks: true });
  return base;
}

export const removeRoom = (room) => rmSync(room, { recursive: true, force: true });

/** Runs w2v in a room, and kills it (SIGKILL, the process alone) after so many milliseconds. */
export function runIn(room, { args, environment = {}, bin = join(project, 'bin/w2v.js') }, killAfter) {
  const started = performance.now();
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: join(room, 'here'),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...{ TMPDIR: join(room, 'tmp'), W2V_CACHE: join(room, 'cache'), HOME: join(room, 'home'), NO_COLOR: '1' },
      ...environment,
    },
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => {
      texts[name] += text;
    });
  }
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (code, signal) => {
      clearTimeout(timer);
      setImmediate(() => resolve({ code, signal, ...texts, milliseconds: performance.now() - started }));
    });
  });
}

/** What is in a part of a room: name -> SHA-256; names with a random part are alike. */
export function contents(room, part, { hash = true } = {}) {
  const folder = join(room, part);
  const found = {};
  if (!existsSync(folder)) return found;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1).replace(/vectors-\w{6}\./g, 'vectors-*.');
    if (entry.isDirectory()) found[`${name}/`] = '';
    else if (entry.isFile() && hash) found[name] = createHash('sha256').update(readFileSync(path)).digest('hex');
    else found[name] = '';
  }
  return Object.fromEntries(Object.entries(found).sort());
}
