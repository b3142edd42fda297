// Makes a page that searches notes by meaning: node run.js [notes.txt] [corpus.txt] [page.html]
// Word vectors are trained on the corpus, each note gets a vector by smooth inverse frequency, and the page has both.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { embedTexts, encodeCorpus, trainWordVectors } from 'w2v';
import { textFile } from '../text.js';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const [notesFile = here('notes.txt'), given, page = 'notes.html'] = process.argv.slice(2);
const MOST_WORDS = 20_000; // that the page knows: 2 MB with 100 dimensions of 8 bits

const corpus = await encodeCorpus([await textFile(given)], {});
const { vectors } = await trainWordVectors(corpus, { dim: 100, epochs: 5, seed: 1 }, { engine: 'wasm' });
const { vocabulary } = corpus;
corpus.close();

const notes = readFileSync(notesFile, 'utf8').split('\n').filter(Boolean);
// Smooth inverse frequency: frequent words count less.
const settings = { pooling: 'sif', vocabulary, tokenizer: 'words' };
const embedded = await embedTexts(vectors, notes, settings);

const words = vectors.words.slice(0, MOST_WORDS);
const total = vocabulary.counts.reduce((sum, count) => sum + count, 0);
const data = {
  dimensions: vectors.dimensions,
  words,
  weights: words.map((_, row) => 1e-3 / (1e-3 + vocabulary.counts[row] / total)),
  matrix: inBytes(vectors.matrix.subarray(0, words.length * vectors.dimensions)),
  component: [...embedded.components],
  notes,
  noteMatrix: inBytes(embedded.matrix),
};

const { outputFiles } = await build({
  entryPoints: [here('page.js')],
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  write: false,
  logLevel: 'error',
});
const json = JSON.stringify(data).replaceAll('<', '\\u003c');
const html = readFileSync(here('page.html'), 'utf8')
  .replace('/* data */', () => json)
  .replace('/* script */', () => outputFiles[0].text.replaceAll('</script', '<\\/script'));
writeFileSync(page, html);
console.log(`Wrote ${page}: ${notes.length} notes, ${words.length} words, ${(html.length / 1e6).toFixed(1)} MB`);

/** 8 bits a number, with one scale for all: the direction of a vector stays within a degree. */
function inBytes(matrix) {
  const most = matrix.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  const bytes = Int8Array.from(matrix, (value) => Math.round((127 * value) / most));
  return Buffer.from(bytes.buffer).toString('base64');
}
