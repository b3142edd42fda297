// The table of file formats. To add a format, add one file and one row here.
import { checkText } from '../base/check.ts';
import { usage } from '../base/errors.ts';
import { fasttextModel } from './fasttext-model.ts';
import type { FolderFormat, VectorFormat } from './format.ts';
import { npy } from './npy.ts';
import { parquet } from './parquet.ts';
import { projector } from './projector.ts';
import { safetensors } from './safetensors.ts';
import { staticEmbedding } from './static-embedding.ts';
import { tensorflow } from './tensorflow.ts';
import { word2vecBinary, word2vecBinaryPlain } from './word2vec-binary.ts';
import { glove, word2vecText } from './word2vec-text.ts';

/** In the order of detection: stricter formats first. */
export const fileFormats: readonly VectorFormat[] = [
  npy,
  parquet,
  fasttextModel,
  safetensors,
  word2vecBinary,
  word2vecBinaryPlain,
  word2vecText,
  glove,
];

export const folderFormats: readonly FolderFormat[] = [staticEmbedding, projector, tensorflow];

/** All of them, for help and the setting `format`. */
export const formats: readonly (VectorFormat | FolderFormat)[] = [...fileFormats, ...folderFormats];

/** Formats that w2v can write. */
export const writtenFormats = formats.filter((format) => 'filesOf' in format || format.write !== undefined);

/** Throws `usage`. */
export function formatNamed<T extends { name: string }>(name: string, among: readonly T[]): T {
  const found = among.find((format) => format.name === name);
  if (found !== undefined) return found;
  const names = among.map((format) => format.name).join(', ');
  throw usage(`unknown format '${name}', expected one of: ${names}`, 'choose one of these');
}

/** Throws `usage` unless the path is a string. */
export function checkPath(path: unknown): void {
  checkText(path, 'the path', "give a path, such as 'a.bin'");
}
