// Results of the explorer's benchmarks as Markdown tables.
import { markdown } from './markdown-table.js';

/** `node bench/layout.js`: w2v beside umap-learn on the same vectors, one column each. */
export function layoutTable({ rows, settings }) {
  const names = {
    seconds: 'seconds',
    cpuSeconds: 'CPU seconds',
    peakMegabytes: 'peak, MB',
    kept: 'of the 10 nearest kept',
    trustworthiness: 'trustworthiness',
  };
  const shown = (name, value) =>
    ({ kept: `${(100 * value).toFixed(2)} %`, trustworthiness: value.toFixed(4) })[name] ?? value.toFixed(0);
  const head = [`${settings.words.toLocaleString('en')} words x ${settings.dimensions}`, 'w2v', 'umap-learn'];
  const lines = rows.map((row) => [names[row.name], shown(row.name, row.w2v), shown(row.name, row['umap-learn'])]);
  return markdown([head, head.map(() => '---'), ...lines]);
}

/** `node bench/scene.js`: frames a second of moves, and what share of the words the moving picture has. */
export function sceneTable({ results }) {
  const head = ['words', 'Chromium', 'panning', 'zooming', 'first picture, s', 'pick, ms', 'heap, MB'];
  const moved = ({ framesPerSecond, meanShareDrawn }) =>
    `${framesPerSecond.toFixed(0)} (${(100 * meanShareDrawn).toFixed(0)} %)`;
  const lines = results.map(
    ({ words, graphics, pan, zoom, firstPictureMilliseconds, pickMilliseconds, heapMegabytes }) => [
      words.toLocaleString('en'),
      graphics === 'none' ? 'no GPU' : 'software WebGL',
      moved(pan),
      moved(zoom),
      (firstPictureMilliseconds / 1000).toFixed(2),
      pickMilliseconds.mean.toFixed(2),
      heapMegabytes.toFixed(0),
    ],
  );
  return markdown([head, head.map(() => '---'), ...lines]);
}

/** `node bench/explorer.js`: the whole page. */
export function explorerTable({ results }) {
  const head = [
    'page',
    'words',
    'first picture, s',
    'completion, ms',
    'answer, ms',
    'frames/s dragging',
    'heap, MB',
    'server, MB',
  ];
  const both = ({ median, slowest }) => `${median} (${slowest})`;
  const lines = results.map((one) => [
    one.megabytes === undefined ? one.what : `${one.what}, ${one.megabytes} MB`,
    one.words.toLocaleString('en'),
    (one.firstPictureMs / 1000).toFixed(2),
    both(one.completionMs),
    both(one.answerMs),
    one.framesPerSecondDragging.toFixed(0),
    one.heapMegabytes,
    one.serverMegabytes ?? '',
  ]);
  return markdown([head, head.map(() => '---'), ...lines]);
}
