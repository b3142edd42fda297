// Korean: tokenizers and subwords, w2v beside gensim's Word2Vec and FastText on the same tokens.
//
//   npm run build && node bench/studies/korean.js [--data FOLDER] [--megabytes 10] [--minutes 10]
//        [--only words,korean,words-syllables,words-jamo,korean-syllables,korean-jamo] [--tools w2v,gensim] [--continue]
//        [--model skipgram] [--epochs 5] [--dim 100] [--buckets 500000] [--threads 2] [--seed 1] [--name NAME]
//
// The folder has corpora/kowiki-every7th.75MB.txt.gz (Korean Wikipedia, one article a line), of which --megabytes takes
// the first ones, and eval/kor_ws353.csv and eval/kor_analogy_{semantic,syntactic}.txt.
// Run it with nothing else running. w2v splits the text with each tokenizer once, and writes its tokens (without rare
// words) to a file; all trainings read this file, split at spaces. `words-jamo` and `korean-jamo` are these tokens with
// each Hangul syllable taken apart (src/base/jamo.ts). N-grams are of 1 to 4 syllables, or 3 to 5 jamo (Park et al. 2018,
// ACL). Subword vectors are scored from fastText's format, so that words that a model lacks are composed of their
// n-grams, by the same code for both tools. `common` is WordSim over the pairs whose words both tokenizers keep, since
// each answers other pairs. The result is written after each training; after --minutes no further one starts, and
// --continue adds to today's file.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { showInDocs } from '../../scripts/tables.js';
import { installPeers, machine } from '../peers.js';
import { resultFile } from '../result-file.js';
import { koreanTable } from '../table.js';
import { answersOf, copyStart, thisCheckout, trainGensim, trainW2v } from '../training-runs.js';
import { jamoCopy, pairSets, tokensOf } from './token-files.js';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(thisCheckout, '../shared/data') },
    megabytes: { type: 'string', default: '10' },
    minutes: { type: 'string', default: '1000000' },
    only: { type: 'string', default: 'words,korean,words-syllables,words-jamo,korean-syllables,korean-jamo' },
    tools: { type: 'string', default: 'w2v,gensim' },
    model: { type: 'string', default: 'skipgram' },
    epochs: { type: 'string', default: '5' },
    dim: { type: 'string', default: '100' },
    buckets: { type: 'string', default: '500000' },
    threads: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    /** The beginning of the kind in the result's name. */
    name: { type: 'string' },
    continue: { type: 'boolean', default: false },
  },
});

const files = [
  'corpora/kowiki-every7th.75MB.txt.gz',
  'eval/kor_ws353.csv',
  'eval/kor_analogy_semantic.txt',
  'eval/kor_analogy_syntactic.txt',
];
const minCount = 5;
const ngrams = { syllables: '1..4', jamo: '3..5' };

async function main(folder) {
  const started = Date.now();
  if (options.tools.includes('gensim')) installPeers();
  const text = join(folder, 'text.txt');
  const [source, pairs, ...analogies] = files.map((file) => join(options.data, file));
  await copyStart(source, Number(options.megabytes), text);
  const variants = options.only.split(',').map((name) => {
    const [tokenizer, units] = name.split('-');
    return { name, tokenizer, units };
  });
  const read = {};
  for (const tokenizer of new Set(variants.map((one) => one.tokenizer))) {
    read[tokenizer] = await tokensOf(text, { tokenizer, minCount }, join(folder, `${tokenizer}.txt`));
  }
  const sets = {
    pairs: pairSets(pairs, Object.values(read), folder),
    analogies,
  };

  const [epochs, dim, threads, seed] = ['epochs', 'dim', 'threads', 'seed'].map((name) => Number(options[name]));
  const common = { model: options.model, epochs, dim, window: 5, negative: 5, sample: 1e-3, threads, seed };
  const file = resultFile(options.name ? `${options.name}-korean` : 'korean');
  const rows = options.continue && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).rows : [];
  const result = {
    date: new Date().toISOString().slice(0, 10),
    command: ['node bench/studies/korean.js', ...process.argv.slice(2)].join(' '),
    corpus: basename(source),
    megabytes: Number(options.megabytes),
    settings: { ...common, minCount, ngrams, buckets: Number(options.buckets) },
    machine: options.tools.includes('gensim') ? machine() : undefined,
    reading: Object.entries(read).map(([tokenizer, { file, words, ...facts }]) => ({ tokenizer, ...facts })),
    rows,
  };
  for (const { name, tokenizer, units } of variants) {
    const inUnits = (source) => (units === 'jamo' ? jamoCopy(source, folder) : source);
    const corpus = inUnits(read[tokenizer].file);
    const asked = { pairs: sets.pairs.map(inUnits), analogies: sets.analogies.map(inUnits) };
    const subwords = units && { subwords: ngrams[units], buckets: Number(options.buckets) };
    for (const tool of options.tools.split(',')) {
      if (rows.some((row) => row.variant === name && row.tool === tool)) continue;
      if (Date.now() - started > 60_000 * Number(options.minutes)) continue;
      const train = { w2v: (task) => trainW2v({ ...task, engine: 'wasm' }), gensim: trainGensim }[tool];
      const output = join(folder, 'vectors.bin');
      const row = await attempt(`${name} with ${tool}`, async () => {
        const run = await train({ corpus, output, settings: { ...common, ...subwords, minCount: 1 } });
        return { variant: name, tool, ...figures(run), answers: await answersOf(output, asked) };
      });
      if (row === undefined) continue;
      rows.push(row);
      writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
      console.error(JSON.stringify(rows.at(-1)));
    }
  }
  console.log(koreanTable(result));
  console.error(`Wrote ${file}`);
  if (!options.name) showInDocs('korean', file);
}

/** One part that fails does not cost the others. */
async function attempt(what, work) {
  try {
    return await work();
  } catch (error) {
    console.error(`${what} failed: ${error.stderr ?? error.stack}`);
    process.exitCode = 1;
    return undefined;
  }
}

function figures({ vocabulary, tokens, wordsPerSecond, cpuSecondsPerMillionWords, peakMegabytes }) {
  return {
    vocabulary,
    tokens,
    wordsPerSecond: Math.round(wordsPerSecond),
    cpuSecondsPerMillionWords,
    ...(peakMegabytes && { peakMegabytes: Math.round(peakMegabytes) }),
  };
}

const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
