// Tags for texts: node run.js [texts.txt] [corpus.txt]. A tag is a word near to what the text says; it need not be in
// the text.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { embedTexts, encodeCorpus, englishStopWords, trainWordVectors } from 'w2v';
import { nearest } from 'w2v/query';
import { textFile } from '../text.js';

const [textsFile = fileURLToPath(new URL('../semantic-search/notes.txt', import.meta.url)), given] =
  process.argv.slice(2);
const TAGS = 4;

const corpus = await encodeCorpus([await textFile(given)], {});
const { vectors } = await trainWordVectors(corpus, { dim: 100, epochs: 5, seed: 1 }, { engine: 'wasm' });
const { vocabulary } = corpus;
corpus.close();

const texts = readFileSync(textsFile, 'utf8').split('\n').filter(Boolean);
const { matrix, dimensions } = await embedTexts(vectors, texts, { pooling: 'sif', vocabulary, tokenizer: 'words' });
const queries = texts.map((_, row) => matrix.subarray(row * dimensions, (row + 1) * dimensions));

// Common words make good tags, but not the most common ones.
const stopWords = new Set(englishStopWords);
const isTag = (word) => /^\p{L}{4,}$/u.test(word) && !stopWords.has(word);
const found = nearest(vectors, queries, { k: 50, restrictVocab: 5000 });
for (const [row, text] of texts.entries()) {
  const tags = found[row].filter(({ word }) => isTag(word)).slice(0, TAGS);
  console.log(`${text}\n  ${tags.map(({ word }) => word).join(', ') || 'none: no known word'}`);
}
