// Vectors that a comparison made, kept in the per-user cache: CACHE/compare/KEY/, KEY the hash of the corpus' text and of every
// setting that decides the result. `made.json` is written last: where it is, the rest is whole.
import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Vectors } from '../evaluate/judge.ts';
import type { RouteFacts } from '../evaluate/routes-comparison.ts';
import { writeFiles } from '../files/write-files.ts';
import { loadVectors, saveVectors } from '../formats/formats.ts';
import { loadSparseVectors, npzFiles, wordsPath } from '../formats/npz.ts';
import { type CommandContext, cacheDirectory } from './context.ts';

export interface Made {
  vectors: Vectors;
  facts: RouteFacts;
}

/** The folder of one result; `deciding` is all that decides it. */
export function routeFolder(context: CommandContext, deciding: Record<string, unknown>): string {
  const key = createHash('sha256').update(JSON.stringify(deciding)).digest('hex').slice(0, 24);
  return path.join(cacheDirectory(context), 'compare', key);
}

/** What was kept in a folder; undefined where nothing whole is there. */
export async function loadMade(folder: string, signal: AbortSignal): Promise<Made | undefined> {
  const text = await readFile(path.join(folder, 'made.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const facts = JSON.parse(text) as RouteFacts & { file: string };
    const file = path.join(folder, path.basename(facts.file));
    const vectors = await (file.endsWith('.npz') ? loadSparseVectors(file, { signal }) : loadVectors(file, { signal }));
    return { vectors, facts: { ...facts, file, cached: true } };
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined; // damaged: it is made anew
  }
}

/** Keeps a result; resolves to it with its file and size. Throws `file-unwritable`, `interrupted`. */
export async function keepMade(folder: string, { vectors, facts }: Made, signal: AbortSignal): Promise<Made> {
  await mkdir(folder, { recursive: true });
  const dense = 'dimensions' in vectors;
  const file = path.join(folder, dense ? 'vectors.bin' : 'vectors.npz');
  if (dense) await saveVectors(file, vectors, { force: true, signal });
  else await writeFiles(npzFiles(file, vectors), { force: true, signal });
  const files = dense ? [file] : [file, wordsPath(file)];
  const sizes = await Promise.all(files.map(async (name) => (await stat(name)).size));
  const whole = { ...facts, file, bytes: sizes.reduce((sum, size) => sum + size, 0), cached: false };
  const content = Buffer.from(`${JSON.stringify(whole, null, 2)}\n`);
  await writeFiles([{ path: path.join(folder, 'made.json'), content: (sink) => sink.write(content) }], {
    force: true,
    signal,
  });
  return { vectors, facts: whole };
}
