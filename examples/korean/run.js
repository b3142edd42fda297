// A Korean corpus from nothing: node run.js [text.txt] [word...]. Words are split into morphemes where garu-ko is
// installed, else at spaces; n-grams of jamo give a vector to words that the text lacks too, misspelled ones for
// instance.
import { encodeCorpus, trainWordVectors, W2vError } from 'w2v';
import { KeyedVectors } from 'w2v/query';
import { textFile } from '../text.js';

const [given, ...asked] = process.argv.slice(2);
const text = await textFile(given, 'korean-constitution');

const reading = { minCount: 2 };
const corpus = await encodeCorpus([text], { ...reading, tokenizer: 'korean' }).catch((error) => {
  if (!(error instanceof W2vError && error.code === 'engine-unavailable')) throw error;
  console.log(`${error.message}: words are split at spaces`);
  return encodeCorpus([text], reading);
});
console.log(`${corpus.tokens} words, ${corpus.vocabulary.words.length} different ones`);
const { vectors } = await trainWordVectors(
  corpus,
  { dim: 50, epochs: 60, seed: 1, subwords: '3..6', subwordUnits: 'jamo', buckets: 50_000 },
  { engine: 'wasm' },
);
corpus.close();

const questions = new KeyedVectors(vectors);
const frequent = questions.words.filter((word) => /^\p{Script=Hangul}{2,}$/u.test(word)).slice(0, 3);
for (const word of asked.length > 0 ? asked : [...frequent, '대통렁', '국헤']) {
  if (!questions.has(word)) {
    console.log(`${word}: no vector`);
    continue;
  }
  const near = questions.nearest(word, 5).map((one) => `${one.word} ${one.similarity.toFixed(2)}`);
  console.log(`${word}${questions.isComposed(word) ? ' (not in the text)' : ''}: ${near.join(', ')}`);
}
