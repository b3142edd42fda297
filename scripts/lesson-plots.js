// The plots of docs/algorithms.md, from the newest result of bench/studies/lesson.js: npm run build && node
// scripts/lesson-plots.js
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { linePlot } from '../build/page/line-plot.js';

const results = new URL('../bench/results/', import.meta.url);
const images = new URL('../docs/images/', import.meta.url);

/** The report's plot as a picture of its own: with its colors, in the light and in the dark. */
function picture(plot) {
  const style = `
    svg { --ink: #1d2228; --soft: #59626d; --grid: #e8ebef; --c0: #0b6bb0; --c1: #c2410c; background: #fdfdfb }
    @media (prefers-color-scheme: dark) {
      svg { --ink: #e8eaed; --soft: #a4adb8; --grid: #2a3038; --c0: #6cb2f5; --c1: #fb9a5b; background: #14171b }
    }
    text { font: 12.5px system-ui, sans-serif; fill: var(--ink) } .tick { font-size: 11.5px; fill: var(--soft) }
    .s0 { --c: var(--c0) } .s1 { --c: var(--c1) } .grid { stroke: var(--grid) } .dot { fill: var(--c) }
    .line { stroke: var(--c); fill: none; stroke-width: 1.8 }
    .thread { stroke: var(--c); stroke-width: .8; stroke-dasharray: 2 3 }
  `;
  const [, width, height] = / viewBox="0 0 (\d+) (\d+)"/.exec(plot);
  const size = `xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"`;
  return `${plot.replace('<svg', `<svg ${size}`).replace('>', `><style>${style}</style>`)}\n`;
}

function plot(title, xTitle, yTitle, rows, place, lines) {
  const drawn = lines.map(([name, numberOf], style) => ({
    name,
    style,
    points: rows.map((row) => ({ value: numberOf(row) })),
  }));
  const fromZero = !yTitle.startsWith('log10');
  return picture(`${linePlot({ title, places: rows.map(place), xTitle, yTitle, lines: drawn, fromZero })}`);
}

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 2 });

/** Each picture by its file's name in docs/images. */
function lessonPlots({ embedding, batches }) {
  const V = ({ vocabulary }) => short.format(vocabulary);
  const words = ({ tokens }) => short.format(tokens);
  const log = Math.log10;
  return {
    'one-hot-time.svg': plot('Time for one word', 'V', 'log10 of milliseconds', embedding, V, [
      ['one-hot x MatMul', (row) => log(row.oneHotMilliseconds)],
      ['Embedding', (row) => log(row.embeddingMilliseconds)],
    ]),
    'one-hot-memory.svg': plot('Memory of one word', 'V', 'log10 of bytes', embedding, V, [
      ['one-hot', (row) => log(row.oneHotBytes)],
      ['id', (row) => log(row.embeddingBytes)],
    ]),
    'batches-time.svg': plot('Time as the corpus grows', 'words', 'seconds', batches, words, [
      ['all at once', (row) => row.countSeconds],
      ['one epoch', (row) => row.epochSeconds],
    ]),
    'batches-memory.svg': plot('Memory as the corpus grows', 'words', 'MB', batches, words, [
      ['pairs', (row) => row.countBytes / 1e6],
      ['weights', (row) => row.trainBytes / 1e6],
    ]),
  };
}

/** The newest result of bench/studies/lesson.js. */
function newestLesson() {
  const newest = readdirSync(results)
    .filter((name) => name.endsWith('-lesson.json'))
    .sort()
    .at(-1);
  return JSON.parse(readFileSync(new URL(newest, results), 'utf8'));
}

for (const [name, svg] of Object.entries(lessonPlots(newestLesson()))) writeFileSync(new URL(name, images), svg);
