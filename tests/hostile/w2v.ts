// The built command under hostile conditions: in folders of its own, with a time limit, and with what must hold however
// it ends. A command is a line for bash, where `w2v` is the command of this checkout.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
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
import { stripVTControlCharacters } from 'node:util';
import { afterAll, expect } from 'vitest';
import { defaultCacheDirectory } from '../../src/fetch/cache.ts';
import { addonFile, locateTfjsNode } from '../../src/setup/tfjs-node.ts';
import { isMissing } from '../requirements.ts';

/** Content of a file, or what stands in its place. */
export type Fixture = string | Uint8Array | { link: string } | 'FIFO' | 'FOLDER';

export interface Conditions {
  /** Standard input; without it, it is empty. 'open': it says nothing and does not end. */
  stdin?: string | Uint8Array | 'open';
  /** More of the environment; undefined takes a variable out. */
  environment?: Record<string, string | undefined>;
  /** Signals, each sent once: milliseconds after the start, or when a stream has said something (and so long after). */
  signals?: readonly { name: NodeJS.Signals; when: number | RegExp; pause?: number }[];
  /** Typed on standard input, each once, when a stream has said something. For a command in `onTerminal`. */
  keys?: readonly { text: string; when: RegExp }[];
  /** Called once, when a stream has said something. */
  meanwhile?: { when: RegExp; act: () => void };
  /** Seconds after which it is killed, and the test fails. */
  limit?: number;
}

export interface Expected {
  /** The exit code, or one of several; a name is that of the signal that ends it. */
  exit: number | NodeJS.Signals | readonly (number | NodeJS.Signals)[];
  /** Parts of standard error, */
  says?: string | RegExp | readonly (string | RegExp)[];
  /** of standard output; */
  answers?: string | RegExp | readonly (string | RegExp)[];
  /** and what is in neither. */
  never?: string | RegExp | readonly (string | RegExp)[];
  /** Files and folders that come (a folder's name ends in "/"), as a list or a pattern; none but these may. */
  makes?: readonly string[] | RegExp;
  /** Files whose content, kind or mode may change; none but these may. */
  changes?: readonly string[];
  /** Files that go; none but these may. */
  loses?: readonly string[];
  /** What it made stays for the next command; without it, the room is as before. */
  keeps?: boolean;
  /** It ran on a terminal: what it says has colours, and keys are shown. */
  terminal?: boolean;
  /** More than one error may be told (several questions at once, or several processes). */
  severalErrors?: boolean;
  /** Megabytes of memory that the process may hold at its peak. */
  memory?: number;
  /** Seconds from the last signal or key to the end. */
  stopsWithin?: number;
}

export interface Run {
  command: string;
  code: number | null;
  signal: NodeJS.Signals | null;
  timedOut: boolean;
  stdout: string;
  stderr: string;
  seconds: number;
  secondsSinceSignal: number;
  /** Megabytes. Watched in `/proc`: 0 where there is none. */
  memory: number;
  /** In the room. */
  made: string[];
  lost: string[];
  changed: string[];
  /** In the temporary folder. */
  leftovers: string[];
}

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

/** Whether a tool is there; `probe` is a command that succeeds where it works. */
export function has(probe: string): boolean {
  try {
    execFileSync('bash', ['-c', probe], { stdio: 'ignore', timeout: 5000 });
    return true;
  } catch {
    return false;
  }
}
/** For a test's name: why it is skipped. */
export const without = (works: boolean, tool: string) => (works ? '' : ` (skipped: no ${tool} here)`);

/** Where TensorFlow is set up on this machine, for commands that are to have it. */
export const ownCache = defaultCacheDirectory(process.env, process.platform, homedir());
const tfjsNode = locateTfjsNode(ownCache);
export const noTensorflow = isMissing('TENSORFLOW', tfjsNode !== undefined && existsSync(addonFile(tfjsNode)));

/** As a user who has nothing else running: the system counts the threads of each by itself. */
export const asUser = (number: number) => `exec setpriv --reuid ${number} --regid 65534 --clear-groups`;
export const users = has(`${asUser(61_000)} prlimit --nproc=100 '${process.execPath}' '${bin}' --version`);

/** A line as it could not harm the system even if the command were wrong: not as root, where there is a way not to be. */
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

/** Runs a child to its end, with signals on the way. */
async function watch(child: ChildProcess, conditions: Conditions) {
  const { signals = [], keys = [], meanwhile, limit = 20 } = conditions;
  const { stdin = keys.length > 0 ? 'open' : '' } = conditions;
  const start = performance.now();
  const text = { stdout: '', stderr: '' };
  let memory = 0;
  let timedOut = false;
  let signalled = Number.NaN;
  let pending = [...signals];
  let untyped = [...keys];
  let act = meanwhile?.act;
  const timers: NodeJS.Timeout[] = [];
  const later = (milliseconds: number, then: () => void) => timers.push(setTimeout(then, milliseconds));
  const send = (name: NodeJS.Signals) => {
    signalled = performance.now();
    child.kill(name);
  };
  const onText = () => {
    const all = text.stdout + text.stderr;
    const [next] = pending;
    if (next !== undefined && typeof next.when !== 'number' && next.when.test(all)) {
      pending = pending.slice(1);
      later(next.pause ?? 0, () => {
        send(next.name);
        onText(); // the next may wait for what has been said already
      });
    }
    const [key] = untyped;
    if (key?.when.test(all)) {
      untyped = untyped.slice(1);
      signalled = performance.now();
      child.stdin!.write(key.text);
      setImmediate(onText);
    }
    if (act !== undefined && meanwhile!.when.test(all)) {
      act();
      act = undefined;
    }
  };
  for (const { name, when } of signals) if (typeof when === 'number') later(when, () => send(name));
  pending = pending.filter(({ when }) => typeof when !== 'number');
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', (chunk) => {
      if (text[name].length < 10_000_000) text[name] += chunk;
      onText();
    });
  }
  child.stdin!.on('error', () => {}); // a command that fails early does not read it
  if (stdin !== 'open') child.stdin!.end(stdin);
  const peak = setInterval(() => {
    memory = Math.max(memory, peakMemory(child.pid!));
  }, 20);
  later(limit * 1000, () => {
    timedOut = true;
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      child.kill('SIGKILL');
    }
  });
  const end = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => resolve([code, signal]));
  });
  clearInterval(peak);
  for (const timer of timers) clearTimeout(timer);
  const now = performance.now();
  return {
    code: end[0],
    signal: end[1],
    timedOut,
    ...text,
    seconds: (now - start) / 1000,
    secondsSinceSignal: (now - signalled) / 1000,
    memory,
  };
}

function peakMemory(pid: number): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(kilobytes?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** All below a folder, and what each is: kind, mode, content. */
function listing(folder: string, within = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const name of readdirSync(join(folder, within))) {
    const below = join(within, name);
    const path = join(folder, below);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) continue; // its name is not UTF-8
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

// What says that an error was not foreseen: a stack, Node.js' own words, V8's last ones.
const unforeseen =
  /^\s+at .+:\d+:\d+|this is a bug in w2v|node:internal|Fatal error|FATAL ERROR|Uncaught|UnhandledPromise|Node\.js v\d/m;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** All that must hold of a command: what the test expects, and what holds however it ends. */
export function check(run: Run, expected: Expected): void {
  expect(run.timedOut, 'still running at the time limit').toBe(false);
  expect(run.stderr, 'an error that was not foreseen').not.toMatch(unforeseen);
  const exits = [expected.exit].flat();
  expect(exits, 'how it ends').toContain(run.signal ?? run.code);
  if (!expected.terminal) {
    expect(run.stderr, 'control characters on standard error').not.toMatch(control);
    expect(run.stdout, 'control characters on standard output').not.toMatch(control);
  }

  const said = expected.terminal ? stripVTControlCharacters(run.stdout) : run.stderr;
  const errors = said.match(/^error: /gm)?.length ?? 0;
  if (run.code === 0) expect(errors, 'errors of a command that succeeds').toBe(0);
  if (run.code !== null && run.code >= 1 && run.code <= 5) {
    if (expected.severalErrors) expect(errors, 'errors').toBeGreaterThan(0);
    else expect(errors, 'errors').toBe(1);
    expect(said, 'what to do').toMatch(/^hint: \S/m);
  }
  for (const part of [expected.says ?? []].flat()) contains(run.stderr, part);
  for (const part of [expected.answers ?? []].flat()) contains(run.stdout, part);
  for (const part of [expected.never ?? []].flat()) contains(run.stderr + run.stdout, part, false);

  expect(run.lost, 'files lost').toEqual([...(expected.loses ?? [])].sort());
  const changed = run.changed.filter((name) => !expected.changes?.includes(name));
  expect(changed, 'files damaged').toEqual([]);
  const { makes = [] } = expected;
  if (makes instanceof RegExp) expect(run.made.filter((name) => !makes.test(name))).toEqual([]);
  else expect(run.made, 'files made').toEqual([...makes].sort());
  expect(run.leftovers, 'left in the temporary folder').toEqual([]);
  if (expected.memory !== undefined) expect(run.memory, 'megabytes').toBeLessThan(expected.memory);
  if (expected.stopsWithin !== undefined) {
    expect(run.secondsSinceSignal, 'seconds to stop').toBeLessThan(expected.stopsWithin);
  }
}

function contains(text: string, part: string | RegExp, wanted = true): void {
  const holds = typeof part === 'string' ? text.includes(part) : part.test(text);
  if (holds !== wanted) expect.fail(`${wanted ? 'not said' : 'said'}: ${part}`);
}

const told = ({ command, code, signal, seconds, stderr, stdout }: Run) =>
  `${command}\n--- ${signal ?? code} after ${seconds.toFixed(1)} s\n${stderr.slice(0, 2000)}${stdout.slice(0, 500)}`;

export const namespaces = has("unshare -rm sh -c 'mount -t tmpfs -o size=16k tmpfs /mnt'");
/** A line run where the folder `disk` is a file system of its own, in memory, and what to say of it at the end; it is gone then. */
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
