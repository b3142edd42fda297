// A file of vectors, dense or sparse, opened with progress shown and ready for questions.
import { availableParallelism } from 'node:os';
import { W2vError } from '../errors.ts';
import { counted, duration } from '../format-numbers.ts';
import { loadAnyVectors } from '../formats/load-any.ts';
import { type Manifest, readManifest } from '../formats/manifest.ts';
import { quotable } from '../printable.ts';
import { type AsyncQuestions, asyncQuestionsOf } from '../query/questions.ts';
import type { RowIndex } from '../query/row-index.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { type CommandContext, say, withProgress } from './context.ts';

/** What the argument <file> of a question may be, for the help. */
export const vectorFiles =
  'word vectors (word2vec, GloVe, fastText, .npy, .safetensors, Parquet; .gz too) or a sparse matrix (.npz)';

export async function openVectors(context: CommandContext, file: string, quiet: boolean): Promise<AsyncQuestions> {
  return asyncQuestionsOf(await loadShown(context, file, quiet));
}

/** The vectors with the approximate index beside them, which is made where it is missing. Throws `usage` on a sparse matrix. */
export async function openIndexed(
  context: CommandContext,
  file: string,
  quiet: boolean,
): Promise<{ vectors: AsyncQuestions; index: RowIndex }> {
  const { stampOf, hnswBeside } = await import('../query/hnsw-file.ts');
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
    const when = made ? `made in ${duration((performance.now() - started) / 1000)}` : 'there already';
    const where = notKept === undefined ? `${file}.hnsw, ${when}` : `${when}, not kept (${notKept})`;
    const recall = `it finds ${(100 * facts.recall).toFixed(1)} % of the exact ${facts.k} nearest of ${facts.sample} words`;
    say(context, `Index: ${where}; ${recall}`);
  }
  return { vectors: asyncQuestionsOf(vectors), index };
}

/** Dense or sparse vectors, with what is to be known of them said. */
export async function loadShown(
  context: CommandContext,
  file: string,
  quiet: boolean,
): Promise<WordVectors | SparseVectors> {
  const { signal } = context;
  return withProgress(context, quiet, async ({ onProgress, stop }) => {
    const vectors = await loadAnyVectors(file, { onProgress, signal });
    stop();
    if (vectors.duplicates > 0 && !quiet) {
      say(context, `${file}: ${counted(vectors.duplicates, 'duplicate word')}; the first row of each counts`);
    }
    return vectors;
  });
}

/** How the vectors were made, if that stands beside them; what is wrong with it is said, for the vectors do not need it. */
export async function manifestBeside(
  context: CommandContext,
  file: string,
  quiet: boolean,
): Promise<Manifest | undefined> {
  return readManifest(file).catch((error: unknown) => {
    if (!(error instanceof W2vError)) throw error;
    if (!quiet) say(context, `Left out: how ${quotable(file)} was made, for ${error.message}`);
    return undefined;
  });
}
