// Detects the format of a file from its first bytes, never from its name, and identifies files that hold no vectors.

import { malformedAt } from '../base/errors.ts';
import type { ByteSource } from '../files/byte-source.ts';
import type { VectorFormat } from './format.ts';
import { quote } from './io/shown.ts';
import { firstRows, looksLikeVocabulary } from './text-row.ts';

const HEAD_BYTES = 1 << 18;

const ZIP = 'a zip archive';
const SPARSE_HINT =
  'query a sparse matrix directly (nearest, analogy; loadSparseVectors in the library), or make vectors: w2v count --method svd';

const PICKLE = 'a Python pickle';
const GENSIM_MODEL = /gensim\.models\.\w+[^\w]+(Word2Vec|FastText|Doc2Vec)\b/;

/** How gensim writes as vectors what it has pickled: the first object of the pickle is the model, or its vectors. */
function pickleHint(head: Uint8Array): string {
  const [, model] = GENSIM_MODEL.exec(Buffer.from(head.subarray(0, 256)).toString('latin1')) ?? [];
  const vectors = model === undefined ? 'KeyedVectors.load(FILE)' : `${model}.load(FILE).wv`;
  return `gensim can write it as vectors: ${vectors}.save_word2vec_format('vectors.bin', binary=True)`;
}

/** First bytes of other files that users pass by mistake. */
const STRANGERS: readonly [magic: readonly number[], what: string][] = [
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG image'],
  [[0xff, 0xd8, 0xff], 'a JPEG image'],
  [[0x47, 0x49, 0x46, 0x38], 'a GIF image'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
  [[0x50, 0x4b, 0x03, 0x04], ZIP],
  [[0x1f, 0x8b], 'compressed twice with gzip'],
  [[0x42, 0x5a, 0x68], 'a bzip2 archive'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'an xz archive'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a zstd archive'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7z archive'],
  [[0x7f, 0x45, 0x4c, 0x46], 'a program'],
  [[0xff, 0xfe], 'UTF-16 text'],
  [[0xfe, 0xff], 'UTF-16 text'],
  [[0x80, 0x02], PICKLE],
  [[0x80, 0x03], PICKLE],
  [[0x80, 0x04], PICKLE],
  [[0x80, 0x05], PICKLE],
];

/** The first format in the table that certainly matches the content; undefined if ambiguous, as for some text files. */
export async function knownFormat(
  source: ByteSource,
  formats: readonly VectorFormat[],
): Promise<VectorFormat | undefined> {
  const head = await source.peek(HEAD_BYTES);
  return formats.find((format) => format.detect?.(head, head.length < HEAD_BYTES));
}

/**
 * The format of the content, or the format whose reader can report what is wrong with it. Throws `file-malformed`,
 * saying what the file appears to be.
 */
export async function detectFormat(source: ByteSource, formats: readonly VectorFormat[]): Promise<VectorFormat> {
  const head = await source.peek(HEAD_BYTES);
  const complete = head.length < HEAD_BYTES;
  const known = `expected one of: ${formats
    .filter(({ detect }) => detect !== undefined)
    .map((format) => format.title)
    .join('; ')}`;
  const hint = 'name a file of word vectors';
  if (head.length === 0) throw malformedAt(source.name, `the file is empty, ${known}`, hint);
  const found = await knownFormat(source, formats);
  if (found !== undefined) return found;
  if (looksLikeVocabulary(head, complete)) {
    const observed = 'a vocabulary (a word and its count per line), not word vectors';
    throw malformedAt(
      source.name,
      observed,
      "make vectors of these words with 'w2v train TEXT --vocab FILE -o VECTORS'",
    );
  }
  const meant = formats.find((format) => format.resembles?.(head, complete));
  if (meant !== undefined) return meant;
  if (firstRows(head, complete) === 1) {
    const observed = 'one number after each word, expected at least two';
    throw malformedAt(source.name, observed, "vectors of one dimension need a first line 'V 1', V being their number");
  }
  const stranger = STRANGERS.find(([magic]) => magic.every((byte, at) => head[at] === byte));
  if (stranger?.[1] === ZIP) {
    const observed = `the file is ${ZIP}, perhaps a sparse matrix (.npz), ${known}`;
    throw malformedAt(source.name, observed, SPARSE_HINT);
  }
  if (stranger !== undefined) {
    throw malformedAt(
      source.name,
      `the file is ${stranger[1]}, ${known}`,
      stranger[1] === PICKLE ? pickleHint(head) : hint,
    );
  }
  const end = head.indexOf(10);
  const line = head.subarray(0, end < 0 ? head.length : end);
  throw malformedAt(source.name, `the file begins with ${quote(line)}, ${known}`, hint);
}

/**
 * Whether a file starts like a ZIP archive; among the files that w2v reads, only .npz does. Here, so that most commands
 * need not load the .npz reader.
 */
export function looksLikeNpz(head: Uint8Array): boolean {
  return head.length >= 4 && head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
}
