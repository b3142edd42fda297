// Words whose company differs between two corpora: node run.js [first.txt second.txt]. By default the two halves of the
// speeches on the state of the union, which are in the order of years.
import { readFileSync } from 'node:fs';
import { compareSpaces, encodeText, englishStopWords, trainWordVectors } from 'w2v';
import { KeyedVectors } from 'w2v/query';
import { textFile } from '../text.js';

const [first, second] = process.argv.slice(2);
const texts =
  second === undefined
    ? halves(readFileSync(await textFile(first, 'state-of-the-union'), 'utf8'))
    : [first, second].map((file) => readFileSync(file, 'utf8'));
const FREQUENT = 100; // a rare word has chance neighbors

async function trained(text, seed) {
  const corpus = await encodeText(text, { minCount: 5 });
  const settings = { dim: 50, epochs: 10, seed, deterministic: true };
  const { vectors } = await trainWordVectors(corpus, settings, { engine: 'wasm' });
  const counts = new Map(corpus.vocabulary.words.map((word, row) => [word, corpus.vocabulary.counts[row]]));
  corpus.close();
  return { vectors, counts, questions: new KeyedVectors(vectors) };
}
const [a, b, noise] = [await trained(texts[0], 1), await trained(texts[1], 1), await trained(texts[0], 2)];

const NOT_COMPARED = 255;
const { byWord, widerByWord, k, mean, chance, seeds } = await compareSpaces(a.vectors, b.vectors, {
  seeds: noise.vectors,
});
const stopWords = new Set(englishStopWords); // their company says nothing about their meaning
const isFrequent = (word) => a.counts.get(word) >= FREQUENT && b.counts.get(word) >= FREQUENT;
const changes = a.vectors.words
  .map((word, row) => ({
    word,
    same: byWord[row],
    seeds: seeds.byWord[row],
    change: seeds.byWord[row] - byWord[row],
    widerChange: seeds.widerByWord[row] - widerByWord[row],
  }))
  .filter(({ word, same }) => same !== NOT_COMPARED && isFrequent(word) && !stopWords.has(word))
  // Of 10 neighbors many words share as few as others; among these five times as many neighbors decide.
  .sort((one, other) => other.change - one.change || other.widerChange - one.widerChange);

const percent = (share) => `${(100 * share).toFixed(1)} %`;
console.log(
  `Words share ${percent(mean)} of their ${k} nearest words (two seeds of the first text ${percent(seeds.mean)}, ` +
    `by chance ${percent(chance)}). Changed most:`,
);
for (const { word, same, seeds: sameSeeds } of changes.slice(0, 8)) {
  const near = [a, b].map(({ questions }) =>
    questions
      .nearest(word, 4)
      .map((one) => one.word)
      .join(' '),
  );
  console.log(`  ${word} (${same}, two seeds ${sameSeeds}): ${near[0]} | ${near[1]}`);
}

function halves(text) {
  const lines = text.split('\n');
  const middle = Math.floor(lines.length / 2);
  return [lines.slice(0, middle).join('\n'), lines.slice(middle).join('\n')];
}
