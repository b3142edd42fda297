// What must hold of a command that was run: what its test expects, and what holds however it ends.
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'vitest';

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
  /** It ran on a terminal: what it says has colors, and keys are shown. */
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
