// Recognises files that w2v wrote into a folder of texts: vectors, manifests, side files and checkpoints. They are not
// text, so the next run over the folder must not read them.
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { isManifest, LARGEST_MANIFEST } from '../files/manifest-file.ts';
import { sideEndings } from '../files/side-file.ts';

const MANIFEST = '.json';
// The manifest, the words of a matrix, and what was computed from the vectors, with its facts.
const endings = ['', '.words', ...sideEndings.flatMap((ending) => [ending, `${ending}.json`])];
// src/train/checkpoint/: a checkpoint, and the lock of their folder.
const checkpoint = /^checkpoint(-[12]\.w2v|\.lock)$/;
const checkpointStart = /^(w2v-ckpt|\{"pid":)/;

/** Tests names in one folder; `has` says whether the folder contains a name. */
export function ownOutputs(folder: string, has: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>();
  const isManifestNamed = (name: string) => {
    let found = known.get(name);
    if (found === undefined) {
      found = has(name) && holdsManifest(join(folder, name));
      known.set(name, found);
    }
    return found;
  };
  return (name) =>
    (checkpoint.test(name) && checkpointStart.test(startOf(join(folder, name)))) ||
    (name.endsWith(MANIFEST) && isManifestNamed(name)) ||
    endings.some(
      (ending) => name.endsWith(ending) && isManifestNamed(name.slice(0, name.length - ending.length) + MANIFEST),
    );
}

/** Whether the file holds a manifest; false if it cannot be read, or is larger than any. */
function holdsManifest(path: string): boolean {
  // A folder may contain many JSON files; the first bytes rule out most of them.
  if (!/^\s*\{\s*"version"\s*:/.test(startOf(path))) return false;
  const holds = (file: number, size: number) =>
    size <= LARGEST_MANIFEST && isManifest(JSON.parse(readFileSync(file, 'utf8')));
  return withFile(path, holds) ?? false;
}

/** The first bytes, as Latin-1; nothing if they cannot be read. */
function startOf(path: string): string {
  const start = Buffer.alloc(64);
  const read = (file: number) => start.toString('latin1', 0, readSync(file, start, 0, start.length, 0));
  return withFile(path, read) ?? '';
}

/** What `use` makes of a regular file; undefined for what is none (a pipe would block), or cannot be read. */
function withFile<T>(path: string, use: (file: number, size: number) => T): T | undefined {
  try {
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const found = fstatSync(file);
      return found.isFile() ? use(file, found.size) : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
