// Resolves output names through links to a new file, an existing file or a device, and detects two names for one file.
import type { BigIntStats } from 'node:fs';
import { readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { usage, W2vError } from '../base/errors.ts';
import { windowsDevice } from './device-name.ts';
import { unwritable } from './unwritable.ts';

export interface Target {
  /** The name that the user gave, for messages. */
  name: string;
  /** The path with links resolved, so that output goes to the target of a link and the link stays. */
  path: string;
  /** A device, a pipe or an open descriptor: bytes are written to it directly, nothing is replaced. */
  special: boolean;
  /** The existing file, if any. */
  found: BigIntStats | undefined;
}

/**
 * The targets of `names`. Throws `usage` if two names lead to one file, `file-exists` without `force`,
 * `file-unwritable` if a folder is missing or a link leads nowhere.
 */
export async function locateAll(names: readonly string[], force: boolean): Promise<Target[]> {
  const targets: Target[] = [];
  for (const name of names) targets.push(await locate(name));
  const owners = new Map<string, string>();
  for (const { name, path, found } of targets) {
    if (found?.isCharacterDevice()) continue; // /dev/null may be named any number of times
    for (const key of found === undefined ? [path] : [path, identity(found)]) {
      const other = owners.get(key);
      if (other !== undefined && (key === path || (await areOneFile(other, name)))) throw sameFile(other, name);
    }
    owners.set(path, name);
    if (found !== undefined) owners.set(identity(found), name);
  }
  for (const target of targets) refuseExisting(target, force);
  return targets;
}

/** Looked at once more, because another process may have replaced the first file, whose number the second then has. */
async function areOneFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all(
    [one, other].map((name) => stat(name, { bigint: true }).catch(() => undefined)),
  );
  return first !== undefined && second !== undefined && identity(first) === identity(second);
}

/** Throws `file-exists` if `target` exists, `file-unwritable` if it is a folder. */
export function refuseExisting({ name, found, special }: Target, force: boolean): void {
  if (found?.isDirectory()) throw new W2vError('file-unwritable', `${name} is a folder`, 'name a file in it');
  if (found !== undefined && !special && !force) throw fileExists(name);
}

export function fileExists(name: string): W2vError {
  return new W2vError(
    'file-exists',
    `${name} already exists`,
    'choose another name, or replace it with { force: true }',
  );
}

/**
 * Throws `usage` if an output file is also an input file, under any name. `inputs` is called only if an output exists.
 * Ignores missing files, devices and folders.
 */
export async function checkNotInputs(
  outputs: readonly string[],
  inputs: () => Promise<readonly string[]> | readonly string[],
): Promise<void> {
  const written = new Map<string, string>();
  for (const name of outputs) {
    const found = await fileAt(name);
    if (found) written.set(identity(found), name);
  }
  if (written.size === 0) return;
  for (const input of await inputs()) {
    const found = await fileAt(input);
    const output = found && written.get(identity(found));
    if (output === undefined) continue;
    const what = output === input ? `${output} is an input and an output` : `${output} is the input ${input}`;
    throw usage(`${what}: writing it would destroy the input`, 'choose another name for the output');
  }
}

async function fileAt(name: string): Promise<BigIntStats | undefined> {
  const found = await stat(name, { bigint: true }).catch(() => undefined);
  return found?.isFile() ? found : undefined;
}

/** Whether `name` leads to a device, a pipe or an open descriptor, which cannot have side files. */
export async function isSpecial(name: string): Promise<boolean> {
  return (await locate(name)).special;
}

/** Throws `file-unwritable` if the name leads nowhere, or is one that Windows keeps. */
export async function locate(name: string): Promise<Target> {
  const device = windowsDevice(name);
  if (device !== undefined) {
    throw new W2vError(
      'file-unwritable',
      `${name} cannot be written: Windows keeps the name ${device}`,
      'choose another name',
    );
  }
  try {
    const found = await stat(name, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return undefined;
    });
    const { path, descriptor } = await follow(name);
    const special = descriptor || (found !== undefined && !found.isFile() && !found.isDirectory());
    return { name, path: special ? name : path, special, found };
  } catch (error) {
    throw error instanceof W2vError ? error : unwritable(name, error);
  }
}

const descriptors = /^\/(proc\/\d+(\/task\/\d+)?|dev)\/fd$/;
const MOST_LINKS = 40; // the limit of Linux

/**
 * The path that `name` leads to, whether or not it exists. `descriptor`: it is an open descriptor of a process
 * (/dev/stdout, `>(...)` of a shell) without a path of its own.
 */
async function follow(name: string): Promise<{ path: string; descriptor: boolean }> {
  let path = name;
  for (let links = 0; links < MOST_LINKS; links++) {
    const folder = await realpath(dirname(path)).catch((error) => {
      throw unwritable(name, error, dirname(path));
    });
    path = join(folder, basename(path));
    if (descriptors.test(folder)) return { path, descriptor: true };
    const link = await readlink(path).catch(() => undefined);
    if (link === undefined) return { path, descriptor: false };
    path = resolve(folder, link);
  }
  throw Object.assign(new Error('too many links'), { code: 'ELOOP' });
}

function identity({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

function sameFile(one: string, other: string): W2vError {
  const what = one === other ? `two outputs have the name ${one}` : `the outputs ${one} and ${other} are one file`;
  return usage(what, 'give each output a different name');
}
