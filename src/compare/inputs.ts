// Decides whether the inputs of a comparison are a corpus or files and folders of vectors.
import { readdir, stat } from 'node:fs/promises';
import { missing, usage, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { openByteSource } from '../files/byte-source.ts';
import { knownFormat, looksLikeNpz } from '../formats/detect.ts';
import { fileFormats, folderFormats } from '../formats/formats.ts';

export const inputKinds = ['auto', 'corpus', 'vectors'] as const;
export type InputKind = (typeof inputKinds)[number];

/**
 * Whether all inputs are vectors or all are a corpus, according to `as` or, with 'auto', to their content. Throws
 * `usage` for a mixture or a single file of vectors, `file-missing`.
 */
export async function areVectors(inputs: readonly string[], as: InputKind): Promise<boolean> {
  const kinds = await Promise.all(inputs.map((input) => (as === 'auto' ? kindOf(input) : as)));
  const absent = inputs[kinds.indexOf('missing')];
  if (absent !== undefined && kinds.includes('vectors')) {
    throw missing(`${quotable(absent)}: no such file`, 'check the path');
  }
  if (!kinds.includes('vectors')) return false;
  const other = inputs[kinds.findIndex((kind) => kind !== 'vectors')];
  const vectors = inputs[kinds.indexOf('vectors')];
  if (other !== undefined) {
    const observed = `${quotable(vectors)} contains vectors and ${quotable(other)} does not`;
    throw usage(observed, "give vectors only, or a corpus only; { as: 'vectors' } or { as: 'corpus' } decides");
  }
  if (inputs.length === 1) {
    const observed = `${quotable(vectors)} contains word vectors, expected at least two such files`;
    throw usage(observed, "name another file of vectors, or add { as: 'corpus' } if it is a text");
  }
  return true;
}

async function kindOf(input: string): Promise<'corpus' | 'vectors' | 'missing'> {
  if (input === '-' || input.startsWith('corpus:')) return 'corpus';
  const found = await stat(input).catch(() => undefined);
  if (found === undefined) return /[*?[{]/.test(input) ? 'corpus' : 'missing'; // reading the corpus reports the error
  if (found.isDirectory()) {
    const names = new Set(await readdir(input).catch(() => []));
    return folderFormats.some((format) => format.detectFolder(names)) ? 'vectors' : 'corpus';
  }
  if (!found.isFile()) return 'corpus'; // a pipe can be read only once, so it is not inspected
  const source = await openByteSource(input);
  try {
    if (looksLikeNpz(await source.peek(4))) return 'vectors';
    return (await knownFormat(source, fileFormats)) === undefined ? 'corpus' : 'vectors';
  } catch (error) {
    if (error instanceof W2vError && error.code === 'file-malformed') return 'corpus';
    throw error;
  } finally {
    await source.close();
  }
}

/** Pipes that `areVectors` treated as a corpus without inspection. */
export async function unseenPipes(inputs: readonly string[], as: InputKind): Promise<string[]> {
  const found = await Promise.all(
    inputs.map((input) => (as === 'auto' ? stat(input).catch(() => undefined) : undefined)),
  );
  return inputs.filter((_, at) => found[at]?.isFIFO());
}
