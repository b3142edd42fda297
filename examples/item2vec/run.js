// Products that go together, from shopping sessions: node run.js [sessions.txt]. A session a line, products separated
// by spaces. Item2vec (Barkan & Koenigstein 2016): a session is a sentence whose order says nothing, so the window is
// the whole session.
import { readFileSync } from 'node:fs';
import { encodeText, trainWordVectors } from 'w2v';
import { KeyedVectors } from 'w2v/query';
import { kinds, makeSessions } from './sessions.js';

const [file] = process.argv.slice(2);
const text =
  file === undefined
    ? makeSessions(6000)
        .map((session) => session.join(' '))
        .join('\n')
    : readFileSync(file, 'utf8');
const corpus = await encodeText(text, { tokenizer: 'whitespace', minCount: 5 });
const { vectors } = await trainWordVectors(
  corpus,
  // No subsampling: there are no function words among products.
  { dim: 24, window: 20, sample: 0, epochs: 30, seed: 1, deterministic: true },
  { engine: 'wasm' },
);
corpus.close();

const items = new KeyedVectors(vectors);
for (const item of items.words.slice(0, 6)) {
  const near = items.nearest(item, 4).map(({ word, similarity }) => `${word} ${similarity.toFixed(2)}`);
  console.log(`${item}: ${near.join(', ')}`);
}
if (file === undefined) {
  // The rule that made the sessions is known, so it can be checked.
  const kindOf = new Map(Object.entries(kinds).flatMap(([kind, list]) => list.map((item) => [item, kind])));
  const pairs = items.words.flatMap((item) =>
    items.nearest(item, 5).map(({ word }) => kindOf.get(word) === kindOf.get(item)),
  );
  const share = pairs.filter(Boolean).length / pairs.length;
  console.log(`Of the 5 nearest products ${(100 * share).toFixed(0)} % are of the same kind (by chance 15 %)`);
}
