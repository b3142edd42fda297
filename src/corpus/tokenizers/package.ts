// Loads an npm package that a tokenizer needs and that is not installed with w2v, because most people do not need its
// dictionary. It is looked for where Node looks for packages of w2v itself: in the project or the global folder that
// w2v is installed in. Never in the current folder, which may be anybody's (docs/security.md).
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { W2vError } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';

export interface FoundPackage {
  folder: string;
  /** Name and version. */
  package: string;
  /** A module of the package, such as 'garu-ko' or '@node-rs/jieba/dict'. Throws `engine-unavailable`. */
  load(module: string): Promise<unknown>;
  /** Runs the package. Throws `engine-unavailable` with its error. */
  start<T>(work: () => Promise<T>): Promise<T>;
}

/** Throws `engine-unavailable` if the package is missing or incomplete. */
export function findPackage(tokenizer: string, name: string): FoundPackage {
  const { resolve } = createRequire(import.meta.url);
  const unusable = (why: string, cause?: unknown) =>
    new W2vError(
      'engine-unavailable',
      `the tokenizer ${tokenizer} needs the package ${name}, which ${why}`,
      `install it: ${installCommand(name)}`,
      { cause },
    );
  const start = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof W2vError) throw cause;
      throw unusable(`does not load: ${quotable(String((cause as Error).message).split('\n')[0])}`, cause);
    }
  };
  let folder: string;
  try {
    folder = folderOf(resolve(name));
  } catch (cause) {
    throw unusable('is not installed', cause);
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return {
    folder,
    package: `${name} ${version}`,
    load: (module) => start(() => import(pathToFileURL(resolve(module)).href)),
    start,
  };
}

function folderOf(file: string): string {
  const folder = dirname(file);
  if (existsSync(join(folder, 'package.json')) || folder === dirname(folder)) return folder;
  return folderOf(folder);
}

/** Beside w2v: in its project, or in the global folder if w2v is there. */
export function installCommand(...names: string[]): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const [, outside] = /^(.*)[\\/]node_modules[\\/]w2v[\\/]/.exec(here) ?? [];
  const isGlobal = outside !== undefined && !existsSync(join(outside, 'package.json'));
  return `npm install ${isGlobal ? '-g ' : ''}${names.join(' ')}`;
}
