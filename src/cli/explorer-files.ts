// One file of vectors or two to explore (w2v map, w2v serve), with counts, maps and classes, and the page made from
// them.
import path from 'node:path';
import { usage } from '../base/errors.ts';
import { percentage } from '../base/format-numbers.ts';
import { compareSpaces } from '../compare/compare-spaces.ts';
import { textFormOf } from '../corpus/asked-form.ts';
import type { AnswerSpace } from '../explorer/answers-of.ts';
import type { Blobs } from '../explorer/blobs.ts';
import { layoutsOf, type MappedFile, type MapSettings } from '../explorer/layouts.ts';
import type { PageData } from '../explorer/page-data.ts';
import { pageDataOf } from '../explorer/page-data-of.ts';
import { keptWordNet } from '../fetch/wordnet-files.ts';
import { type FileStamp, stampOf } from '../files/side-file.ts';
import type { LoadedVectors } from '../formats/format.ts';
import { countsOf } from '../formats/manifest.ts';
import type { Layout } from '../map/layout.ts';
import { openWordNet } from '../thesaurus/open-wordnet.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { type WordVectors, wordIndex } from '../vectors/word-vectors.ts';
import { type CommandContext, cacheDirectory, say, withProgress } from './context.ts';
import { loadShown, manifestBeside } from './open-vectors.ts';
import { readVocabulary } from './options/corpus.ts';
import { type ExplorerOptions, MOST_LAID_OUT } from './options/explorer.ts';
import { STANDARD_INPUT } from './standard-input.ts';
import { ownVersion } from './version.ts';

/** A file of vectors, read. */
export interface OpenedFile extends AnswerSpace {
  name: string;
  /** As it was named. */
  path: string;
  vectors: WordVectors | SparseVectors;
  counts: Float64Array | undefined;
  stamp: FileStamp | undefined;
}

/** Throws `usage` for more than two files, as reading does, and `corpus-empty` for a file without words. */
export async function openFiles(
  context: CommandContext,
  paths: readonly string[],
  { counts, quiet = false }: ExplorerOptions,
): Promise<OpenedFile[]> {
  if (paths.length > 2) {
    throw usage(`${paths.length} files, expected one or two`, 'name one file, or two to compare');
  }
  const names = shownNames(paths);
  const given = counts === undefined ? undefined : await readVocabulary(context, counts);
  const files: OpenedFile[] = [];
  for (const [at, file] of paths.entries()) {
    const stamp = file === '-' ? undefined : await stampOf(file);
    const loaded = await loadShown(context, file, quiet);
    const manifest = await manifestBeside(context, file, quiet);
    const vectors = { ...loaded, source: names[at] };
    const own = given ? undefined : countsOf(manifest, loaded as LoadedVectors | SparseVectors);
    files.push({
      name: names[at],
      path: file,
      vectors,
      counts: given ? countsIn(given, vectors.words) : own,
      stamp,
      textForm: manifest && textFormOf(manifest.options),
    });
  }
  return files;
}

/** The names of the files, with as many of their folders as tell them apart. */
function shownNames(paths: readonly string[]): string[] {
  const parts = paths.map((file) => (file === '-' ? [STANDARD_INPUT] : path.resolve(file).split(path.sep)));
  const deepest = Math.max(...parts.map(({ length }) => length));
  for (let depth = 1; ; depth++) {
    const names = parts.map((each) => each.slice(-depth).join('/'));
    if (depth >= deepest || new Set(names).size === names.length) return names;
  }
}

/** (V) 0 for a word that the vocabulary lacks. */
export function countsIn(
  vocabulary: { words: string[]; counts: Float64Array },
  words: readonly string[],
): Float64Array {
  const index = wordIndex(vocabulary);
  return Float64Array.from(words, (word) => vocabulary.counts[index.get(word) ?? -1] ?? 0);
}

export interface MadePage {
  data: PageData;
  blobs: Blobs;
  /** For readers without JavaScript. */
  firstWords: string[][];
}

const FIRST_WORDS = 200;

/** Everything the page starts from. `vectorBytes`: room for vectors in 8 bits. */
export async function makePage(
  context: CommandContext,
  files: readonly OpenedFile[],
  options: ExplorerOptions,
  { answeredBy, vectorBytes }: { answeredBy: PageData['answeredBy']; vectorBytes: number },
): Promise<MadePage> {
  const { signal } = context;
  const { wordnet: folder, otherSeed, quiet = false } = options;
  const [first, second] = files;
  const seeds = second && otherSeed !== undefined ? await loadShown(context, otherSeed, quiet) : undefined;
  const where = folder ?? (await keptWordNet(cacheDirectory(context)));
  const wordnet = where === undefined ? undefined : await openWordNet(where);
  const version = await ownVersion();
  const notes = new Set<string>();
  const made = await withProgress(context, quiet, async ({ onProgress }) => {
    const work = { onProgress, signal };
    const onMade = (file: string, { notUmap }: Layout, notKept: string | undefined) => {
      if (quiet) return;
      if (notUmap !== undefined) notes.add(`${file === '-' ? STANDARD_INPUT : file}: a map by PCA only; ${notUmap}`);
      else if (notKept !== undefined && file !== '-')
        notes.add(`The map of ${file} is not kept for the next time: ${notKept}`);
    };
    const comparison = second && (await compareSpaces(first!.vectors, second.vectors, { ...work, seeds }));
    const layouts = await layoutsOfDense(files, options, { ...work, onMade });
    const laidOut = files.map((file, at) => ({ ...file, layouts: layouts[at] }));
    const page = {
      version,
      answeredBy,
      wordnet,
      vectorBytes,
      comparison,
      seedsName: otherSeed && path.basename(otherSeed),
    };
    return pageDataOf(laidOut, { ...page, ...work });
  });
  for (const note of notes) say(context, note);
  return { ...made, firstWords: files.map(({ vectors }) => vectors.words.slice(0, FIRST_WORDS)) };
}

/** Sparse files have no map. */
async function layoutsOfDense(
  files: readonly OpenedFile[],
  { layout, seed }: ExplorerOptions,
  work: Parameters<typeof layoutsOf>[2],
): Promise<Layout[][]> {
  const dense = files.filter((file): file is OpenedFile & MappedFile => 'dimensions' in file.vectors);
  const isSmall = dense.every(({ vectors }) => vectors.words.length <= MOST_LAID_OUT);
  const settings: MapSettings[] = [{ method: 'pca', seed }];
  if (layout === 'umap' || (layout === undefined && isSmall)) settings.push({ method: 'umap', seed });
  const layouts = await layoutsOf(dense, settings, work);
  return files.map((file) => layouts[dense.indexOf(file as OpenedFile & MappedFile)] ?? []);
}

/** What each map keeps, and what the page lacks. */
export function sayMaps(context: CommandContext, { spaces }: PageData): void {
  for (const { name, layouts, dimensions } of spaces) {
    if (dimensions === undefined) say(context, `${name} is a sparse matrix: it has no map`);
    for (const { method, quality } of layouts) {
      const { kept, k, sample } = quality;
      if (sample > 0)
        say(
          context,
          `${name}: ${method.toUpperCase()} in 2 dimensions keeps ${percentage(kept, 0)} of the ${k} nearest words`,
        );
    }
  }
}
