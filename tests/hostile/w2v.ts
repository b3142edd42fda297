// The built command under hostile conditions: in folders of its own, with a time limit, and with what must hold however
// it ends. A command is a line for bash, where `w2v` is the command of this checkout.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { defaultCacheDirectory } from '../../src/fetch/cache.ts';
import { addonFile, locateTfjsNode } from '../../src/setup/tfjs-node.ts';
import { has, isMissing, without } from '../requirements.ts';
import { check, type Expected, type Run } from './check.ts';
import { type Conditions, watch } from './watch.ts';

export { has, without };

/** Content of a file, or what stands in its place. */
export type Fixture = string | Uint8Array | { link: string } | 'FIFO' | 'FOLDER';

const bin = fileURLToPath(new URL('../../bin/w2v.js', import.meta.url));
const base = realpathSync(mkdtempSync(join(tmpdir(), 'w2v-hostile-')));
afterAll(() => {
  try {
    rmSync(base, { recursive: true, force: true });
  } catch {
    // A command with other rights may have left what these rights do not remove; never a reason to fail.
  }
});
chmodSync(base, 0o755); // commands run as nobody, too
mkdirSync(join(base, 'path'));
// `exec`, so that no process stands between a signal, a limit or strace and the command.
writeFileSync(join(base, 'path/w2v'), `#!/bin/sh\nexec '${process.execPath}' $NODE_FLAGS '${bin}' "$@"\n`, {
  mode: 0o755,
});

/** Where TensorFlow is set up on this machine, for commands that are to have it. */
export const ownCache = defaultCacheDirectory(process.env, process.platform, homedir());
const tfjsNode = locateTfjsNode(ownCache);
export const noTensorflow = isMissing('TENSORFLOW', tfjsNode !== undefined && existsSync(addonFile(tfjsNode)));

/** As a user who has nothing else running: the system counts the threads of each by itself. */
export const asUser = (number: number) => `exec setpriv --reuid ${number} --regid 65534 --clear-groups`;
export const users = has(`${asUser(61_000)} prlimit --nproc=100 '${process.execPath}' '${bin}' --version`);

/**
 * A line as it could not harm the system even if the command were wrong: not as root, where there is a way not to be.
 */
export const harmless = (line: string) => (users ? `${asUser(61_000)} bash -c '${line}'` : line);

/** A folder to run commands in, with a temporary folder, a cache and a home beside it. */
export class Room {
  readonly folder: string;
  readonly temporary: string;
  readonly cache: string;
  readonly home: string;

  constructor(fixtures: Record<string, Fixture> = {}) {
    const around = mkdtempSync(join(base, 'room-'));
    chmodSync(around, 0o755);
    const folder = (name: string) => {
      const path = join(around, name);
      mkdirSync(path);
      return path;
    };
    this.folder = folder('here');
    this.temporary = folder('tmp');
    chmodSync(this.temporary, 0o1777);
    this.cache = folder('cache');
    this.home = folder('home');
    for (const [name, fixture] of Object.entries(fixtures)) this.put(name, fixture);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  put(name: string, fixture: Fixture): string {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    if (fixture === 'FOLDER') mkdirSync(path);
    else if (fixture === 'FIFO') execFileSync('mkfifo', [path]);
    else if (typeof fixture === 'object' && 'link' in fixture) symlinkSync(fixture.link, path);
    else writeFileSync(path, fixture);
    return path;
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  bytes(name: string): Buffer {
    return readFileSync(this.path(name));
  }

  remove(...names: string[]): void {
    for (const name of names) rmSync(this.path(name), { recursive: true, force: true });
  }

  /** Runs a line for bash, and checks all that is expected of it and of any command. */
  async expect(command: string, expected: Expected, conditions: Conditions = {}): Promise<Run> {
    const run = await this.run(command, conditions);
    try {
      check(run, expected);
    } catch (error) {
      // What the command said is the first thing to know of a failure.
      if (error instanceof Error) error.message += `\n--- ${told(run)}`;
      throw error;
    } finally {
      if (!expected.keeps) this.remove(...run.made);
    }
    return run;
  }

  async run(command: string, conditions: Conditions = {}): Promise<Run> {
    const before = listing(this.folder);
    const { DEBUG: _d, FORCE_COLOR: _f, NO_COLOR: _n, NODE_OPTIONS: _o, ...inherited } = process.env;
    const child = spawn('bash', ['-c', command], {
      cwd: this.folder,
      env: {
        ...inherited,
        PATH: `${join(base, 'path')}:${process.env.PATH}`,
        TMPDIR: this.temporary,
        W2V_CACHE: this.cache,
        HOME: this.home,
        ...conditions.environment,
      },
      detached: true, // a group of its own, which ends as a whole
    });
    const ended = await watch(child, conditions);
    const after = listing(this.folder);
    const run: Run = {
      command,
      ...ended,
      made: [...after.keys()].filter((name) => !before.has(name)).sort(),
      lost: [...before.keys()].filter((name) => !after.has(name)).sort(),
      changed: [...after].filter(([name, what]) => before.has(name) && before.get(name) !== what).map(([name]) => name),
      leftovers: [...listing(this.temporary).keys()],
    };
    for (const name of run.leftovers) rmSync(join(this.temporary, name), { recursive: true, force: true });
    return run;
  }
}

/** All below a folder, and what each is: kind, mode, content. */
function listing(folder: string, within = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const name of readdirSync(join(folder, within))) {
    const below = join(within, name);
    const path = join(folder, below);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) continue; // its name is not valid UTF-8
    const mode = (stat.mode & 0o7777).toString(8);
    if (stat.isDirectory()) {
      all.set(`${below}/`, mode);
      for (const [inside, what] of listing(folder, below)) all.set(inside, what);
    } else if (stat.isSymbolicLink()) all.set(below, `link to ${readlinkSync(path)}`);
    else if (!stat.isFile()) all.set(below, `special ${mode}`);
    // More than a few megabytes are not read: their size and time tell.
    else if (stat.size > 8_000_000) all.set(below, `${mode} ${stat.size} ${stat.mtimeMs}`);
    else all.set(below, `${mode} ${createHash('sha1').update(readFileSync(path)).digest('hex')}`);
  }
  return all;
}

const told = ({ command, code, signal, seconds, stderr, stdout }: Run) =>
  `${command}\n--- ${signal ?? code} after ${seconds.toFixed(1)} s\n${stderr.slice(0, 2000)}${stdout.slice(0, 500)}`;

export const namespaces = has("unshare -rm sh -c 'mount -t tmpfs -o size=16k tmpfs /mnt'");
/**
 * A line run where the folder `disk` is a file system of its own, in memory, and what to say of it at the end; it is
 * gone then.
 */
export const onDisk = (line: string, after = 'ls -A disk', size = '16k') =>
  `unshare -rm sh -c 'mount -t tmpfs -o size=${size} tmpfs disk; ${line}; code=$?; ${after === '' ? ':' : after}; exit $code'`;

export const noTerminal = !has('script -qec true /dev/null');
/** A line as if typed into a terminal: all it says is on standard output, and keys are read. */
export const onTerminal = (line: string) => `exec script -qec '${line}' /dev/null`;

/** The quickest training that is one. */
export const quick = '--engine wasm --dim 8 --epochs 1 --threads 1';

/** A text of `tokens` words in lines of ten, w1 the most frequent, alike every time. */
export function text(tokens = 6000, types = 300): string {
  const words: string[] = [];
  let state = 12345;
  for (let at = 1; at <= tokens; at++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    const chance = state / 2 ** 32;
    words.push(`w${Math.floor(types ** chance)}`, at % 10 === 0 ? '\n' : ' ');
  }
  return words.join('');
}
