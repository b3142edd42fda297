// Checks of what a program gives to an exported function, at its door: a wrong value is code `usage` there and not a
// TypeError from somewhere inside. Options are checked by their names (checkOptionNames), which mean the same in every
// function.
import { usage, type W2vError } from './errors.ts';

/** Throws `usage` unless the value is a string. `what`: 'the path'. */
export function checkText(value: unknown, what: string, hint = 'give a string'): void {
  if (typeof value !== 'string') throw wrong(what, value, 'a string', hint);
}

/** Throws `usage` unless the value is an object, and not a list or a function. */
export function checkObject(value: unknown, what: string, hint: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(what, value, 'an object', hint);
}

/** Throws `usage` unless the value is an object with these fields, each of its kind: 'list', or what typeof says. */
export function checkFields(value: unknown, what: string, fields: Record<string, string>, hint: string): void {
  checkObject(value, what, hint);
  for (const [name, kind] of Object.entries(fields)) {
    const field = (value as Record<string, unknown>)[name];
    if (kind === 'list' ? isList(field) : typeof field === kind && field !== null) continue;
    throw usage(`${what} has no ${kind} '${name}', it is ${kindOf(field)}`, hint);
  }
}

/** Throws `usage` unless `value` is a list; a string or a flat vector is a common mistake. */
export function checkList(value: unknown, what: string, expected: string): void {
  if (Array.isArray(value)) return;
  const observed =
    typeof value === 'string' ? 'a string' : ArrayBuffer.isView(value) ? value.constructor.name : typeof value;
  throw usage(`${what} is ${observed}, expected an array of ${expected}`, 'put it in an array: [...]');
}

/** Throws `usage` unless the value is a list of numbers: an array or a typed array. */
export function checkNumbers(value: unknown, what: string): void {
  if (!isList(value)) throw wrong(what, value, 'a list of numbers', 'give an array or a Float32Array');
}

type Check = readonly [isRight: (value: unknown) => boolean, expected: string, hint: string];

const aFunction: Check = [(value) => typeof value === 'function', 'a function', 'leave it out, or give a function'];
const aFolder: Check = [(value) => typeof value === 'string', 'a string', 'give the path of a folder'];

/** The options that have one meaning in every function, each of which would be ignored or fail late if it were wrong. */
const ofOptions: Record<string, Check> = {
  signal: [isSignal, 'an AbortSignal', 'give the signal of an AbortController, or AbortSignal.timeout(1000)'],
  onProgress: aFunction,
  onEvent: aFunction,
  onMade: aFunction,
  onNotKept: aFunction,
  onMessage: aFunction,
  temporaryDirectory: aFolder,
  cacheDirectory: aFolder,
  checkpoint: [(value) => typeof value === 'object' && value !== null, 'an object', "give { dir: 'saved' }"],
  threads: [(value) => typeof value === 'number', 'a number', 'leave it out for one thread per core'],
};

/** Throws `usage` unless the options of `task` are an object, and those that every function has are of their kind. */
export function checkOptionKinds(task: string, options: object): void {
  checkObject(options, `what is given as options of ${task}`, 'give an object, such as {}');
  for (const [name, [isRight, expected, hint]] of Object.entries(ofOptions)) {
    const value = (options as Record<string, unknown>)[name];
    if (value !== undefined && !isRight(value)) throw wrong(name, value, expected, hint);
  }
}

function isSignal(value: unknown): boolean {
  const { aborted, addEventListener } = (value ?? {}) as Partial<AbortSignal>;
  return typeof aborted === 'boolean' && typeof addEventListener === 'function';
}

function isList(value: unknown): boolean {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'a list' : `of type ${typeof value}`;
}

function wrong(what: string, value: unknown, expected: string, hint: string): W2vError {
  return usage(`${what} is ${kindOf(value)}, expected ${expected}`, hint);
}
