// The folder format of model2vec (StaticModel.from_pretrained) and sentence-transformers (StaticEmbedding):
// model.safetensors with `embeddings`, tokenizer.json (word-level), config.json, modules.json.
import { join } from 'node:path';
import { openSideFile } from '../files/byte-source.ts';
import type { OutputFile } from '../files/output.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { FolderFormat, LoadedVectors, ReadOptions } from './format.ts';
import { readTensor, writeTensor } from './safetensors.ts';
import { readJson, readTokenizerWords, writeTokenizer } from './tokenizer-words.ts';
import { checkWords } from './writable-words.ts';

const NAME = 'static-embedding';
const MODEL = 'model.safetensors';
const TOKENIZER = 'tokenizer.json';
const CONFIG = 'config.json';
const UNKNOWN = '[UNK]';

export const staticEmbedding: FolderFormat = {
  name: NAME,
  title: 'static-embedding folder (model2vec, sentence-transformers)',
  detectFolder: (names) => names.has(MODEL) && names.has(TOKENIZER),
  readFolder,
  filesOf,
};

async function readFolder(folder: string, options: ReadOptions): Promise<LoadedVectors> {
  const words = await readTokenizerWords(join(folder, TOKENIZER));
  const config = await readJson(join(folder, CONFIG)).catch(() => undefined);
  const added = (config as { w2v_added_unknown?: unknown } | undefined)?.w2v_added_unknown;
  const source = await openSideFile(join(folder, MODEL));
  try {
    const vectors = await readTensor(source, options, words, (rows) => {
      if (added === undefined || rows.words.at(-1) !== added) return;
      rows.words.pop(); // also removes it from the index
      rows.count--;
    });
    return { ...vectors, source: folder, format: NAME };
  } finally {
    await source.close();
  }
}

/**
 * WordLevel needs a token for unknown words. If the words do not include '[UNK]', a row of zeros is appended, which
 * adds nothing to a sum; reading removes it again.
 */
function filesOf(folder: string, vectors: WordVectors, options: ReadOptions): OutputFile[] {
  const { words, dimensions } = vectors;
  checkWords(words, undefined, 'the safetensors format');
  const known = words.includes(UNKNOWN);
  const config = {
    model_type: 'model2vec',
    architectures: ['StaticModel'],
    hidden_dim: dimensions,
    seq_length: 1_000_000,
    normalize: false,
    ...(!known && { w2v_added_unknown: UNKNOWN }),
  };
  const modules = [{ idx: 0, name: '0', path: '.', type: 'sentence_transformers.models.StaticEmbedding' }];
  const json = (name: string, value: unknown): OutputFile => ({
    path: join(folder, name),
    content: (sink) => sink.write(Buffer.from(`${JSON.stringify(value, null, 2)}\n`)),
  });
  return [
    { path: join(folder, MODEL), content: (sink) => writeTensor(vectors, sink, options, false, known ? 0 : 1) },
    {
      path: join(folder, TOKENIZER),
      content: (sink) => writeTokenizer(known ? words : [...words, UNKNOWN], UNKNOWN, sink),
    },
    json(CONFIG, config),
    json('modules.json', modules),
  ];
}
