// Opens a file of vectors, dense or sparse, with progress, for questions.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { usage, W2vError } from '../base/errors.ts';
import { counted, duration, percentage } from '../base/format-numbers.ts';
import { quotable } from '../base/printable.ts';
import type { LoadedVectors, RowOptions } from '../formats/format.ts';
import { wordListPath } from '../formats/io/word-list.ts';
import { loadAnyVectors, loadVectors, readVectors } from '../formats/load.ts';
import { type Manifest, manifestPath, readManifest } from '../formats/manifest.ts';
import { type AsyncQuestions, asyncQuestionsOf } from '../query/questions.ts';
import type { RowIndex } from '../query/row-index.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { type CommandContext, cacheDirectory, say, withProgress } from './context.ts';
import { fileRead, type Kind } from './options/kinds.ts';
import type { OperandSpec } from './options/option.ts';
import { STANDARD_INPUT } from './standard-input.ts';

const dense = 'word vectors (word2vec, GloVe, fastText, .npy, .safetensors, Parquet; also .gz)';

/** A file of vectors that is read, with what lies beside it; or a folder of them. */
export const vectorsRead: Kind<string> = {
  ...fileRead,
  async files(file) {
    const inside = await readdir(file).catch(() => []);
    return [file, wordListPath(file), manifestPath(file), ...inside.map((name) => path.join(file, name))];
  },
};

/** The operand <file> of a question. */
export const vectorFile = {
  name: '<file>',
  text: `${dense} or a sparse matrix (.npz); - for standard input`,
  takes: vectorsRead,
  what: 'the vectors',
} as const;

/** The same where a sparse matrix will not do. */
export const denseFile = { ...vectorFile, text: `${dense}; - for standard input` } as const;

/** Operands of a question, which are read from standard input where they are left out. */
export const asked = (name: string, text: string): OperandSpec => ({
  ...{ name, text, takes: { parse: (given) => given, path: 'reads', files: () => [] } },
  ...{ what: 'the questions', orStandardInput: true },
});

export async function openVectors(context: CommandContext, file: string, quiet: boolean): Promise<AsyncQuestions> {
  return asyncQuestionsOf(await loadShown(context, file, quiet));
}

/** The vectors with their approximate index, from the cache or built now. Throws `usage` for a sparse matrix. */
export async function openIndexed(
  context: CommandContext,
  file: string,
  quiet: boolean,
): Promise<{ vectors: AsyncQuestions; index: RowIndex }> {
  const { openHnsw } = await import('../query/hnsw-cache.ts');
  const vectors = await loadShown(context, file, quiet);
  if (!('dimensions' in vectors)) {
    throw usage(`${file} is a sparse matrix, which has no approximate index`, 'ask without --index');
  }
  const { signal } = context;
  const started = performance.now();
  const { index, facts, made, notKept } = await withProgress(context, quiet, ({ onProgress }) =>
    openHnsw(vectors, { cacheDirectory: cacheDirectory(context), onProgress, signal }),
  );
  if (!quiet) {
    const built = `built in ${duration((performance.now() - started) / 1000)}`;
    const kept = notKept === undefined ? 'kept in the cache' : `not kept (${notKept})`;
    const recall = `it finds ${percentage(facts.recall, 1)} of the exact ${facts.k} nearest of ${facts.sample} words`;
    say(context, `Index: ${made ? `${built}, ${kept}` : 'from the cache'}; ${recall}`);
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
export function loadDenseVectors(context: CommandContext, file: string, options: RowOptions): Promise<LoadedVectors> {
  if (file !== '-') return loadVectors(file, options);
  if (context.stdin.isTTY) {
    throw usage('standard input (-) is a terminal, expected vectors', 'name a file, or pipe one in');
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
