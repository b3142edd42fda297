// What people mistake for a file of vectors: the hint says how to come to vectors.
import { expect, it } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { loadSparseVectors } from '../../src/formats/npz.ts';
import { saveVectors } from '../../src/formats/save.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { zipOf } from './zip.ts';

const { file, path } = temporaryFolder();

it('a pickle, as gensim saves its models', async () => {
  const model = file('m.model', Buffer.from([0x80, 0x04, 0x95, 0, 0]));
  await expect(loadVectors(model)).rejects.toMatchObject({
    code: 'file-malformed',
    message: expect.stringMatching(/m\.model: the file is a Python pickle, expected one of: /),
    hint: "gensim can write it as vectors: KeyedVectors.load(FILE).save_word2vec_format('vectors.bin', binary=True)",
  });
});

it.each([
  [
    'a model',
    '\x80\x04\x95\x11\x02\0\0\0\0\0\0\x8c\x16gensim.models.word2vec\x94\x8c\x08Word2Vec\x94\x93',
    'Word2Vec.load(FILE).wv.',
  ],
  ['a model of protocol 2', '\x80\x02cgensim.models.fasttext\nFastText\nq\0', 'FastText.load(FILE).wv.'],
  [
    'vectors',
    '\x80\x04\x95\x11\x02\0\0\0\0\0\0\x8c\x1agensim.models.keyedvectors\x94\x8c\x0cKeyedVectors\x94',
    'KeyedVectors.load(FILE).',
  ],
])('the hint for a pickle of gensim: %s', async (_, bytes, call) => {
  await expect(loadVectors(file('gensim.any', Buffer.from(bytes, 'latin1')))).rejects.toMatchObject({
    hint: `gensim can write it as vectors: ${call}save_word2vec_format('vectors.bin', binary=True)`,
  });
});

it("a name of gensim's is no format to write, but .bin is", async () => {
  const vectors = { words: ['a'], matrix: new Float32Array(2), dimensions: 2 };
  await expect(saveVectors(path('v.kv'), vectors)).rejects.toMatchObject({
    code: 'usage',
    hint: expect.stringContaining('end it in .bin: KeyedVectors.load_word2vec_format('),
  });
});

it('dense arrays of numpy.savez', async () => {
  const dense = file('dense.npz', zipOf([{ name: 'arr_0.npy', content: Buffer.alloc(16) }]));
  await expect(loadSparseVectors(dense)).rejects.toMatchObject({
    code: 'file-malformed',
    hint: 'save a sparse matrix with scipy.sparse.save_npz, a dense one with numpy.save (.npy)',
  });
});
