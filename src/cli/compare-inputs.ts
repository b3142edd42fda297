// What w2v compare is given: a corpus to make the routes from, or files of vectors.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { W2vError } from '../errors.ts';
import { vectorJudge } from '../evaluate/judge.ts';
import type { Route } from '../evaluate/routes-comparison.ts';
import { openByteSource } from '../formats/byte-source.ts';
import { detectFormat } from '../formats/detect.ts';
import { fileFormats } from '../formats/formats.ts';
import { readManifest } from '../formats/manifest.ts';
import { looksLikeNpz } from '../formats/npz.ts';
import type { CommandContext } from './context.ts';
import { loadAnyVectors } from './open-vectors.ts';

/** Whether these are vectors (all of them) or a corpus (none of them). Throws `usage` where it is some of each. */
export async function areVectors(inputs: readonly string[]): Promise<boolean> {
  const kinds = await Promise.all(inputs.map(isVectorFile));
  if (kinds.every((kind) => kind === kinds[0])) {
    if (kinds[0] && inputs.length === 1) {
      throw new W2vError('usage', `${inputs[0]} alone cannot be compared`, 'name another file of vectors, or a corpus');
    }
    return kinds[0]!;
  }
  const vectors = inputs[kinds.indexOf(true)]!;
  const other = inputs[kinds.indexOf(false)]!;
  const observed = `${vectors} holds vectors and ${other} does not`;
  throw new W2vError('usage', observed, 'give files of vectors only, or a corpus only');
}

async function isVectorFile(input: string): Promise<boolean> {
  const found = input === '-' || input.startsWith('corpus:') ? undefined : await stat(input).catch(() => undefined);
  if (found === undefined || !found.isFile()) return false; // a folder, a glob or nothing: reading the corpus says so
  const source = await openByteSource(input);
  try {
    if (looksLikeNpz(await source.peek(4))) return true;
    await detectFormat(source, fileFormats);
    return true;
  } catch (error) {
    if (error instanceof W2vError && error.code === 'file-malformed') return false;
    throw error;
  } finally {
    await source.close();
  }
}

/** Files of vectors as routes, named by as much of their path as tells them apart. */
export async function routesOfFiles(
  context: CommandContext,
  files: readonly string[],
  options: { quiet: boolean; caseInsensitive: boolean },
): Promise<Route[]> {
  const twice = files.find((file, at) => files.indexOf(file) !== at);
  if (twice !== undefined) throw new W2vError('usage', `${twice} is given twice`, 'give each file once');
  const bases = files.map((file) => path.basename(file));
  const routes: Route[] = [];
  for (const [at, file] of files.entries()) {
    const vectors = await loadAnyVectors(context, file, options.quiet);
    const manifest = await readManifest(file).catch(() => undefined);
    const { read: _read, write: _write, total: _total, ...seconds } = manifest?.seconds ?? {};
    const made = Object.values(seconds).reduce((sum, value) => sum + value, 0);
    routes.push({
      name: bases.indexOf(bases[at]!) === bases.lastIndexOf(bases[at]!) ? bases[at]! : file,
      judge: vectorJudge(vectors, { restrictVocab: 0, caseInsensitive: options.caseInsensitive }),
      vectors,
      facts: {
        kind: 'file',
        title: file,
        words: vectors.words.length,
        dimensions: 'dimensions' in vectors ? vectors.dimensions : vectors.matrix.columns,
        settings: manifest?.options ?? {},
        seconds: made > 0 ? made : undefined,
        bytes: (await stat(file)).size,
        file,
        engine: manifest?.engine.name,
        lossByEpoch: manifest?.lossByEpoch ?? [],
      },
    });
  }
  return routes;
}
