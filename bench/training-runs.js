// Single trainings for the benchmarks, w2v's and gensim's, and their scores.
import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { defaultCacheDirectory, evaluate, getCorpus, loadVectors } from '../dist/index.js';
import { benchFolder, python } from './peers.js';

export const thisCheckout = join(benchFolder, '..');

/** @param task see train_w2v.js */
export const trainW2v = (task) =>
  run(process.execPath, [join(benchFolder, 'train_w2v.js'), JSON.stringify({ checkout: thisCheckout, ...task })]);

export async function trainGensim({ corpus, output, settings }) {
  const task = JSON.stringify({ ...settings, loss: 'ns', plain: corpus });
  const { tokens, cpuSeconds, ...rest } = await run(python, [
    join(benchFolder, 'gensim_train.py'),
    corpus,
    output,
    task,
  ]);
  return { ...rest, tokens, cpuSecondsPerMillionWords: cpuSeconds.train / ((tokens * settings.epochs) / 1e6) };
}

async function run(command, parameters) {
  const { stdout } = await promisify(execFile)(command, parameters, { maxBuffer: 2 ** 30 });
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Built-in texts and test sets by name, others by path. */
export async function fileOf(name) {
  return existsSync(name)
    ? resolve(name)
    : (await getCorpus(name, { cacheDirectory: defaultCacheDirectory(process.env) })).path;
}

/**
 * The answers to each set by its name: the score, 100 times Spearman's correlation or the percentage of analogies
 * answered (3CosAdd), and over how many of the set's items.
 */
export async function answersOf(file, { pairs, analogies }) {
  const vectors = await loadVectors(file);
  const found = await evaluate(vectors, { pairs, analogies, methods: ['add'], resamples: 1, permutations: 1 });
  const all = [...found.pairs, ...found.analogies];
  return Object.fromEntries(
    all.map(({ set, spearman, accuracy, used, total }) => [set, { score: 100 * (spearman ?? accuracy), used, total }]),
  );
}

/**
 * 100 times Spearman's correlation for each set of pairs, and the percentage of each set of analogies answered
 * (3CosAdd).
 */
export async function scoresOf(file, { pairs, analogies }) {
  const answers = Object.entries(await answersOf(file, { pairs, analogies }));
  return Object.fromEntries(answers.map(([set, { score }]) => [set, score]));
}

/** The first megabytes of a text, to the end of a line -> `target`. */
export async function copyStart(source, megabytes, target) {
  const text = createReadStream(source);
  await pipeline(
    source.endsWith('.gz') ? text.pipe(createGunzip()) : text,
    linesUpTo(1e6 * megabytes),
    createWriteStream(target),
  );
}

function linesUpTo(bytes) {
  return async function* (chunks) {
    let left = bytes;
    for await (const chunk of chunks) {
      if (chunk.length > left) {
        const end = chunk.indexOf(10, left);
        yield end < 0 ? chunk : chunk.subarray(0, end + 1);
        if (end >= 0) return;
      } else yield chunk;
      left = Math.max(0, left - chunk.length);
    }
  };
}
