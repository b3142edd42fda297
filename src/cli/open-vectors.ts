// Opens a file of vectors, dense or sparse, with progress, for questions.
import { availableParallelism } from 'node:os';
import { W2vError } from '../errors.ts';
import { counted, duration, percentage } from '../format-numbers.ts';
import type { LoadedVectors, ReadOptions } from '../formats/format.ts';
import { loadAnyVectors, loadVectors, readVectors } from '../formats/load.ts';
import { type Manifest, readManifest } from '../formats/manifest.ts';
import { quotable } from '../printable.ts';
import { type AsyncQuestions, asyncQuestionsOf } from '../query/questions.ts';
import type { RowIndex } from '../query/row-index.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { type CommandContext, say, withProgress } from './context.ts';
import { STANDARD_INPUT } from './standard-input.ts';

const dense = 'word vectors (word2vec, GloVe, fastText, .npy, .safetensors, Parquet; also .gz)';

/** What the argument <file> of a question may be, for the help. */
export const vectorFiles = `${dense} or a sparse matrix (.npz); - for standard input`;

/** The same where a sparse matrix will not do. */
export const denseFiles = `${dense}; - for standard input`;

/** Throws `usage` if the vectors come from standard input and the command line has no question. */
export function checkAsked(file: string, words: readonly string[]): void {
  if (file !== '-' || words.length > 0) return;
  const observed = 'standard input (-) has the vectors, and cannot have the questions too';
  throw new W2vError('usage', observed, 'put the words on the command line, or name a file of vectors');
}

export async function openVectors(context: CommandContext, file: string, quiet: boolean): Promise<AsyncQuestions> {
  return asyncQuestionsOf(await loadShown(context, file, quiet));
}

/** The vectors with the approximate index next to them, created if missing. Throws `usage` for a sparse matrix. */
export async function openIndexed(
  context: CommandContext,
  file: string,
  quiet: boolean,
): Promise<{ vectors: AsyncQuestions; index: RowIndex }> {
  if (file === '-') {
    throw new W2vError('usage', '--index hnsw stores its index next to the file', 'name a file, not -');
  }
  const { stampOf } = await import('../files/side-file.ts');
  const { hnswBeside } = await import('../query/hnsw-file.ts');
  const stamp = await stampOf(file);
  const vectors = await loadShown(context, file, quiet);
  if (!('dimensions' in vectors)) {
    throw new W2vError('usage', `${file} is a sparse matrix, which has no approximate index`, 'ask without --index');
  }
  const { signal } = context;
  const started = performance.now();
  const { index, facts, made, notKept } = await withProgress(context, quiet, ({ onProgress }) =>
    hnswBeside(file, stamp, vectors, { threads: availableParallelism(), onProgress, signal }),
  );
  if (!quiet) {
    const when = made ? `built in ${duration((performance.now() - started) / 1000)}` : 'from an earlier run';
    const where = notKept === undefined ? `${file}.hnsw, ${when}` : `${when}, not saved (${notKept})`;
    const recall = `it finds ${percentage(facts.recall, 1)} of the exact ${facts.k} nearest of ${facts.sample} words`;
    say(context, `Index: ${where}; ${recall}`);
  }
  return { vectors: asyncQuestionsOf(vectors), index };
}

/** Dense or sparse vectors; reports duplicate words. */
export async function loadShown(
  context: CommandContext,
  file: string,
  quiet: boolean,
): Promise<WordVectors | SparseVectors> {
  return withProgress(context, quiet, async ({ onProgress, stop }) => {
    const options = { onProgress, signal: context.signal };
    const vectors = file === '-' ? await loadDenseVectors(context, file, options) : await loadAnyVectors(file, options);
    stop();
    if (vectors.duplicates > 0 && !quiet) {
      say(
        context,
        `${file === '-' ? STANDARD_INPUT : file}: ${counted(vectors.duplicates, 'duplicate word')}; the first row of each counts`,
      );
    }
    return vectors;
  });
}

/** Vectors from a file, a folder, or standard input (-). */
export function loadDenseVectors(context: CommandContext, file: string, options: ReadOptions): Promise<LoadedVectors> {
  if (file !== '-') return loadVectors(file, options);
  if (context.stdin.isTTY) {
    throw new W2vError('usage', 'standard input (-) is a terminal, expected vectors', 'name a file, or pipe one in');
  }
  return readVectors(context.stdin, STANDARD_INPUT, options);
}

/** The manifest of the vectors, if there is one. Reports a malformed one and ignores it. */
export async function manifestBeside(
  context: CommandContext,
  file: string,
  quiet: boolean,
): Promise<Manifest | undefined> {
  if (file === '-') return undefined;
  return readManifest(file).catch((error: unknown) => {
    if (!(error instanceof W2vError)) throw error;
    if (!quiet) say(context, `Ignored the manifest of ${quotable(file)}: ${error.message}`);
    return undefined;
  });
}
