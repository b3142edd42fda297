// Makes the routes of a comparison from files of vectors.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { usage } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { type Vectors, vectorSimilarity } from '../evaluate/similarity-measure.ts';
import { loadAnyVectors } from '../formats/load.ts';
import { type Manifest, readManifest } from '../formats/manifest.ts';
import type { MadeFrom, Route } from './routes-comparison.ts';

export interface RoutesOfFilesOptions {
  /** Ignore case when looking up words of test sets; default true. */
  caseInsensitive?: boolean | undefined;
  /** How to read a file; by default a damaged manifest is ignored. */
  load?: ((file: string) => Promise<{ vectors: Vectors; manifest: Manifest | undefined }>) | undefined;
}

/**
 * Files of vectors as routes, named by the shortest distinct part of their path. Throws `usage` for a duplicate file.
 */
export async function routesOfFiles(
  files: readonly string[],
  { caseInsensitive = true, load = loadWithManifest }: RoutesOfFilesOptions = {},
): Promise<Route[]> {
  const twice = files.find((file, at) => files.indexOf(file) !== at);
  if (twice !== undefined) throw usage(`${quotable(twice)} is given twice`, 'give each file once');
  const bases = files.map((file) => path.basename(file));
  const routes: Route[] = [];
  for (const [at, file] of files.entries()) {
    const { vectors, manifest } = await load(file);
    const { read: _read, write: _write, total: _total, ...seconds } = manifest?.seconds ?? {};
    const made = Object.values(seconds).reduce((sum, value) => sum + value, 0);
    const found = await stat(file).catch(() => undefined); // standard input
    routes.push({
      name: bases.indexOf(bases[at]) === bases.lastIndexOf(bases[at]) ? bases[at] : file,
      similarityOf: vectorSimilarity(vectors, { caseInsensitive }),
      vectors,
      facts: {
        kind: 'file',
        title: file,
        words: vectors.words.length,
        dimensions: 'dimensions' in vectors ? vectors.dimensions : vectors.matrix.columns,
        settings: manifest?.options ?? {},
        seconds: made > 0 ? made : undefined,
        bytes: found?.isFile() ? found.size : undefined,
        file,
        engine: manifest?.engine.name,
        repeatable: manifest?.repeatable,
        madeFrom: manifest && madeFrom(manifest),
        lossByEpoch: manifest?.lossByEpoch ?? [],
      },
    });
  }
  return routes;
}

function madeFrom({ version, command, corpus: { files, bytes, sha256 }, tokens, combined }: Manifest): MadeFrom {
  const parts = combined?.parts.map(({ file, part, weight }) => ({
    ...(file === undefined ? { part } : { file }),
    weight,
  }));
  return { version, command, files, bytes, sha256, tokens, ...(parts && { parts }) };
}

async function loadWithManifest(file: string) {
  return { vectors: await loadAnyVectors(file), manifest: await readManifest(file).catch(() => undefined) };
}
