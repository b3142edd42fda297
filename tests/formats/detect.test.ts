// What people mistake for a file of vectors: the hint says how to come to vectors.
import { expect, it } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { loadSparseVectors } from '../../src/formats/npz.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { zipOf } from './zip.ts';

const { file } = temporaryFolder();

it('a pickle, as gensim saves its models', async () => {
  const model = file('m.model', Buffer.from([0x80, 0x04, 0x95, 0, 0]));
  await expect(loadVectors(model)).rejects.toMatchObject({
    code: 'file-malformed',
    message: expect.stringMatching(/m\.model: the file is a Python pickle, expected one of: /),
    hint:
      "gensim can write it as vectors: Word2Vec.load(FILE).wv.save_word2vec_format('vectors.bin', binary=True), " +
      'or of a .kv file KeyedVectors.load(FILE).save_word2vec_format(...)',
  });
});

it('dense arrays of numpy.savez', async () => {
  const dense = file('dense.npz', zipOf([{ name: 'arr_0.npy', content: Buffer.alloc(16) }]));
  await expect(loadSparseVectors(dense)).rejects.toMatchObject({
    code: 'file-malformed',
    hint: 'save a sparse matrix with scipy.sparse.save_npz, a dense one with numpy.save (.npy)',
  });
});
