// Words whose company differs between two corpora: node run.js [first.txt second.txt]. By default the two halves of the
// speeches on the state of the union, which are in the order of years.
import { readFileSync } from 'node:fs';
import { compareSpaces, encodeText, trainWordVectors } from 'w2v';
import { KeyedVectors } from 'w2v/query';
import { textFile } from '../text.js';

const [first, second] = process.argv.slice(2);
const texts =
  second === undefined
    ? halves(readFileSync(await textFile(first, 'state-of-the-union'), 'utf8'))
    : [first, second].map((file) => readFileSync(file, 'utf8'));
const FREQUENT = 50; // a rare word has chance neighbours

const made = [];
for (const text of texts) {
  const corpus = await encodeText(text, { minCount: 5 });
  const { vectors } = await trainWordVectors(corpus, { dim: 50, epochs: 10, seed: 1 }, { engine: 'wasm' });
  const counts = new Map(corpus.vocabulary.words.map((word, row) => [word, corpus.vocabulary.counts[row]]));
  made.push({ vectors, counts, questions: new KeyedVectors(vectors) });
  corpus.close();
}
const [a, b] = made;
const NOT_COMPARED = 255;
const { byWord, k, mean, chance } = await compareSpaces(a.vectors, b.vectors);
const isFrequent = (word) => a.counts.get(word) >= FREQUENT && b.counts.get(word) >= FREQUENT;
const shared = a.vectors.words
  .map((word, row) => ({ word, same: byWord[row] }))
  .filter(({ word, same }) => same !== NOT_COMPARED && isFrequent(word));
const percent = (share) => `${(100 * share).toFixed(1)} %`;
console.log(`Words share ${percent(mean)} of their ${k} nearest words (by chance ${percent(chance)}). Fewest of all:`);
for (const { word, same } of shared.sort((one, other) => one.same - other.same).slice(0, 8)) {
  const near = made.map(({ questions }) =>
    questions
      .nearest(word, 4)
      .map((one) => one.word)
      .join(' '),
  );
  console.log(`  ${word} (${same}): ${near[0]} | ${near[1]}`);
}

function halves(text) {
  const lines = text.split('\n');
  const middle = Math.floor(lines.length / 2);
  return [lines.slice(0, middle).join('\n'), lines.slice(middle).join('\n')];
}
