// The folder format of TensorFlow: a SavedModel (saved_model.pb, variables/, assets/words.txt) and, on the same matrix,
// a TensorFlow.js layers model whose first layer is the Embedding (model.json).
import { join } from 'node:path';
import { malformedAt } from '../base/errors.ts';
import { openSideFile } from '../files/byte-source.ts';
import type { OutputFile } from '../files/output.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { FolderFormat, LoadedVectors, ReadOptions } from './format.ts';
import { checkLength, expectEnd, readFloatRows, writeFloatRows } from './io/float-rows.ts';
import { finishRows } from './io/rows.ts';
import { readLines, writeLines } from './io/word-list.ts';
import { crc32c, maskOf } from './tensorflow/crc32c.ts';
import { layersModel, shapeOfModel } from './tensorflow/layers-model.ts';
import { savedModel, VARIABLE } from './tensorflow/saved-model.ts';
import { variableIndex } from './tensorflow/variable-index.ts';
import { readJson } from './tokenizer-words.ts';
import { checkWords } from './writable-words.ts';

const NAME = 'tensorflow';
const MODEL = 'model.json';
const SAVED_MODEL = 'saved_model.pb';
const WORDS = 'words.txt';
const MATRIX = 'variables/variables.data-00000-of-00001';

export const tensorflow: FolderFormat = {
  name: NAME,
  title: 'TensorFlow folder (SavedModel and TensorFlow.js layers model)',
  detectFolder: (names) => names.has(MODEL) && names.has(SAVED_MODEL),
  readFolder,
  filesOf,
};

/** Throws `file-missing`, and `file-malformed` for a model of another kind or if words and rows do not agree. */
async function readFolder(folder: string, options: ReadOptions): Promise<LoadedVectors> {
  const model = join(folder, MODEL);
  const shape = shapeOfModel(await readJson(model), MATRIX);
  if (typeof shape === 'string') throw malformedAt(model, shape, 'give a folder that w2v convert wrote');
  const [V, dimensions] = shape;
  const source = await openSideFile(join(folder, MATRIX));
  try {
    checkLength(source, { rows: V, dimensions, type: 'F32', offset: 0 });
    const list = join(folder, 'assets', WORDS);
    const expected = `the matrix has ${V} rows`;
    const tooMany = () => malformedAt(`${list}:${V + 1}`, `more lines than expected: ${expected}`);
    const words = await readLines(list, { most: V, tooMany }, options);
    if (words.length < V) throw malformedAt(list, `${words.length} words, but ${expected}`);
    const rows = await readFloatRows(source, { words, dimensions, type: 'F32', offset: 0 }, options);
    await expectEnd(source, 4 * V * dimensions, `${V} rows`);
    return finishRows(rows, folder, NAME);
  } finally {
    await source.close();
  }
}

/** Throws `file-malformed` for a word that contains a line end: TensorFlow reads the words line by line. */
function filesOf(folder: string, vectors: WordVectors, options: ReadOptions): OutputFile[] {
  const { words, dimensions } = vectors;
  checkWords(words, /[\n\r]/, 'a list of words');
  const shape = [words.length, dimensions] as const;
  const file = (path: string, bytes: () => Uint8Array | Promise<Uint8Array>): OutputFile => ({
    path: join(folder, path),
    content: async (sink) => sink.write(await bytes()),
  });
  return [
    { path: join(folder, MATRIX), content: (sink) => writeFloatRows(vectors, sink, options) },
    file('variables/variables.index', async () => variableIndex(VARIABLE, shape, await checksumOf(vectors))),
    { path: join(folder, 'assets', WORDS), content: (sink) => writeLines(words, sink) },
    file(SAVED_MODEL, () => savedModel(shape, WORDS)),
    file(MODEL, () => Buffer.from(`${JSON.stringify(layersModel(shape, MATRIX), null, 2)}\n`)),
  ];
}

/** The masked checksum of the matrix as it is written. */
async function checksumOf(vectors: WordVectors): Promise<number> {
  let checksum = 0;
  const sink = {
    write: async (bytes: Uint8Array) => {
      checksum = crc32c(bytes, checksum);
    },
  };
  await writeFloatRows(vectors, sink, {});
  return maskOf(checksum);
}
