// fastText and word2vec.c as the training benchmark runs them. Neither tells how long training alone took: it is the
// whole less a run that only reads the text.
import { readFileSync } from 'node:fs';
import { measure, peerProgram } from './peers.js';

/** The learning rates that word2vec.c, fastText without subwords and w2v have as defaults. */
const rates = { skipgram: 0.025, cbow: 0.05 };

/** fastText without character n-grams is word2vec. */
export async function trainFastText(command, plain, model, output, settings, seed) {
  const { dim, window, negative, loss, sample, minCount, epochs, threads } = settings;
  const stem = output.replace(/\.bin$/, '-fasttext');
  const parameters = [
    ...[model, '-input', plain, '-output', stem, '-dim', dim, '-ws', window, '-neg', negative, '-t', sample],
    ...['-minCount', minCount, '-epoch', epochs, '-thread', threads, '-lr', rates[model]],
    ...['-loss', loss, '-maxn', 0, '-verbose', 0, '-seed', seed],
  ];
  // The last of two equal options counts; the vectors of this run must not take the place of the trained ones.
  const onlyReading = [...parameters, '-epoch', '0', '-output', `${stem}-untrained`];
  return trained([command, ...parameters], [command, ...onlyReading], `${stem}.vec`);
}

/**
 * word2vec.c of 2013 from the package word2vec of PyPI, which compiles it with -Ofast -march=native. It has no random
 * seed.
 */
export async function trainWord2vecC(plain, model, output, settings) {
  const { dim, window, negative, loss, sample, minCount, epochs, threads } = settings;
  const file = output.replace(/\.bin$/, '-word2vec-c.bin');
  const command = peerProgram('word2vec');
  const parameters = [
    ...['-train', plain, '-size', dim, '-window', window, '-sample', sample, '-min-count', minCount],
    ...['-hs', loss === 'hs' ? 1 : 0, '-negative', loss === 'hs' ? 0 : negative, '-iter', epochs, '-threads', threads],
    ...['-cbow', model === 'cbow' ? 1 : 0, '-alpha', rates[model], '-binary', 1, '-debug', 0],
  ];
  // Without -output it ends after reading.
  return trained([command, ...parameters, '-output', file], [command, ...parameters], file);
}

async function trained(command, onlyReading, vectors) {
  const { seconds: wall, cpuSeconds: cpu, peakMegabytes } = await measure(command.map(String));
  const reading = await measure(onlyReading.map(String));
  const [vocabulary] = readFileSync(vectors, 'latin1').split(' ', 1);
  const seconds = { train: wall - reading.seconds, total: wall };
  return { vocabulary: Number(vocabulary), vectors, seconds, peakMegabytes, cpu, wall };
}
