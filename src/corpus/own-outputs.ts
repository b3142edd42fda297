// Recognises files that w2v wrote into a folder of texts: vectors, manifests, side files and checkpoints. They are not
// text, so the next run over the folder must not read them.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { sideEndings } from '../files/side-file.ts';

const MANIFEST = '.json';
// The manifest, the words of a matrix, and what was computed from the vectors, with its facts.
const endings = ['', '.words', ...sideEndings.flatMap((ending) => [ending, `${ending}.json`])];
// src/predict/checkpoint/: a checkpoint, and the lock of their folder.
const checkpoint = /^checkpoint(-[12]\.w2v|\.lock)$/;
const checkpointStart = /^(w2v-ckpt|\{"pid":)/;
const LARGEST_MANIFEST = 1 << 26;

/** Tests names in one folder; `has` says whether the folder contains a name. */
export function ownOutputs(folder: string, has: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>();
  const isManifest = (name: string) => {
    let found = known.get(name);
    if (found === undefined) {
      found = has(name) && holdsManifest(join(folder, name));
      known.set(name, found);
    }
    return found;
  };
  return (name) =>
    (checkpoint.test(name) && checkpointStart.test(startOf(join(folder, name)))) ||
    (name.endsWith(MANIFEST) && isManifest(name)) ||
    endings.some(
      (ending) => name.endsWith(ending) && isManifest(name.slice(0, name.length - ending.length) + MANIFEST),
    );
}

/** Whether the file is a manifest (src/formats/manifest.ts); false if it cannot be read. */
function holdsManifest(path: string): boolean {
  try {
    // A folder may contain many JSON files; the first bytes rule out most of them.
    if (!/^\s*\{\s*"version"\s*:/.test(startOf(path))) return false;
    const text = readFileSync(path, 'utf8');
    if (text.length > LARGEST_MANIFEST) return false;
    const { command, route, vocabulary } = JSON.parse(text) as Record<string, unknown>;
    return typeof command === 'string' && typeof route === 'string' && typeof vocabulary === 'number';
  } catch {
    return false;
  }
}

/** The first bytes, as Latin-1; nothing if they cannot be read. */
function startOf(path: string): string {
  const start = Buffer.alloc(64);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, start, 0, start.length, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
  return start.toString('latin1');
}
