// A large text: time per token and memory of reading, counting and training, against a smaller one; and bytes a type.
//
//   npm run build && node bench/studies/large.js [--tokens 1e9] [--against 1e8] [--types 1e6] [--many-types 5e6] [--threads N]
//        [--dim 100] [--memory 1GB] [--count-vocab 10000] [--temporary DIR]
//
// Run it with nothing else running. The text is a Zipf stream (zipf-stream.js): about 6.5 bytes a token, so 1e9 tokens
// need 6.5 GB for the file and 4 GB for the ids in --temporary (default: the system's folder). Each step is the command
// in a process of its own; peak memory is that of the process. Reading is measured from the file and through standard
// input, whose words must be the same; the stream is made as fast as it is read or slower, so only the file's time
// counts. `limits` says whether the figures are within 4 GB of memory and 1.3 times the time per token.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { benchFolder } from '../peers.js';
import { ownMachine, resultFile } from '../result-file.js';
import { zipfStream } from './zipf-stream.js';

const { values: options } = parseArgs({
  options: {
    tokens: { type: 'string', default: '1e9' },
    against: { type: 'string', default: '1e8' },
    types: { type: 'string', default: '1e6' },
    'many-types': { type: 'string', default: '5e6' },
    threads: { type: 'string', default: String(availableParallelism()) },
    dim: { type: 'string', default: '100' },
    memory: { type: 'string', default: '1GB' },
    'count-vocab': { type: 'string', default: '10000' },
    temporary: { type: 'string', default: tmpdir() },
  },
});
const folder = mkdtempSync(join(options.temporary, 'w2v-large-'));
const at = (name) => join(folder, name);
const run = { threads: ['--threads', options.threads], temporary: ['--temporary', folder] };

/** Runs w2v, with `input` as its standard input; returns its JSON with what it took. */
async function w2v(parameters, input) {
  const command = [process.execPath, join(benchFolder, '..', 'bin', 'w2v.js'), ...parameters, '--json', '--quiet'];
  const child = spawn('python3', [join(benchFolder, 'measure.py'), ...command], {
    stdio: [input ? 'pipe' : 'ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const ended = once(child, 'close');
  if (input) await pipeline(Readable.from(copies(input)), child.stdin);
  const [code] = await ended;
  if (code !== 0) throw new Error(`w2v ${parameters.join(' ')} ended with ${code}`);
  const lines = output.trimEnd().split('\n');
  const cost = JSON.parse(lines.pop());
  return { ...JSON.parse(lines.join('\n')), cost };
}

/** A stream keeps chunks, which the generator uses again. */
function* copies(chunks) {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

async function hashOf(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Reads, counts and trains on a stream of that many tokens. */
async function measure(tokens) {
  const stream = () => zipfStream({ tokens, types: Number(options.types) });
  const [text, words, vectors] = [at('text'), at('words.tsv'), at('vectors.bin')];
  await pipeline(Readable.from(copies(stream())), createWriteStream(text));
  const row = (name, result, seconds, more = {}) => {
    const { cost, vocabulary } = result;
    const figures = {
      ...{ tokens, name, vocabulary, seconds, nanosecondsPerToken: (1e9 * seconds) / tokens },
      ...{ cpuSeconds: cost.cpuSeconds, peakMegabytes: Math.round(cost.peakMegabytes), ...more },
    };
    console.error(JSON.stringify(figures));
    return figures;
  };
  const rows = [];
  const read = await w2v(['vocab', text, '-o', words, '--force', ...run.threads]);
  const hash = await hashOf(words);
  rows.push(row('read', read, read.seconds.read));
  const piped = await w2v(['vocab', '-', '-o', words, '--force', ...run.threads], stream());
  rows.push(row('read standard input', piped, piped.seconds.read, { sameWords: hash === (await hashOf(words)) }));
  const shared = ['--force', '-o', vectors, ...run.threads, ...run.temporary];
  const counting = ['--method', 'counts', '--max-vocab', options['count-vocab'], '--memory', options.memory];
  const npz = at('counts.npz');
  const count = await w2v(['count', text, ...shared, '-o', npz, ...counting]);
  rows.push(row('count', count, count.seconds.count, { readSeconds: count.seconds.read, nonzeros: count.nonzeros }));
  rmSync(npz);
  const training = ['--engine', 'wasm', '--epochs', '1', '--dim', options.dim];
  const train = await w2v(['train', text, ...shared, ...training]);
  rows.push(row('train', train, train.seconds.train, { readSeconds: train.seconds.read, loss: train.loss }));
  rmSync(vectors);
  rmSync(text);
  return rows;
}

/** Memory of a vocabulary of many types, on one thread and on all; and with --prune-vocab at a fifth of them. */
async function manyTypes(types) {
  const text = at('types');
  await pipeline(
    Readable.from(copies(zipfStream({ tokens: 2 * types, types, everyType: true }))),
    createWriteStream(text),
  );
  const peak = async (...parameters) => {
    const { cost, vocabulary, dropped } = await w2v(['vocab', text, '-o', at('words.tsv'), '--force', ...parameters]);
    return { vocabulary, ...cost, dropped };
  };
  const few = at('few');
  await pipeline(Readable.from(copies(zipfStream({ tokens: 1000, types: 10 }))), createWriteStream(few));
  const { cost: base } = await w2v(['vocab', few, '-o', at('words.tsv'), '--force']);
  const most = String(Math.round(types / 5));
  const rows = {
    types,
    oneThread: await peak('--min-count', '5', '--threads', '1'),
    allThreads: await peak('--min-count', '5', ...run.threads),
    allKept: await peak('--min-count', '1', '--threads', '1'),
    pruned: { most: Number(most), ...(await peak('--prune-vocab', most)) },
  };
  const bytes = (row) => Math.round((1e6 * (row.peakMegabytes - base.peakMegabytes)) / types);
  rmSync(text);
  return {
    ...rows,
    bytesPerType: {
      oneThread: bytes(rows.oneThread),
      allThreads: bytes(rows.allThreads),
      allKept: bytes(rows.allKept),
    },
  };
}

try {
  const small = await measure(Number(options.against));
  const large = await measure(Number(options.tokens));
  const timeRatio = Object.fromEntries(
    large.map(({ name, nanosecondsPerToken }, i) => [name, nanosecondsPerToken / small[i].nanosecondsPerToken]),
  );
  const peakMegabytes = Math.max(...large.map((row) => row.peakMegabytes));
  const result = {
    date: new Date().toISOString().slice(0, 10),
    command: `node bench/studies/large.js ${process.argv.slice(2).join(' ')}`.trim(),
    settings: { ...options, temporary: undefined },
    machine: ownMachine(),
    rows: [...small, ...large],
    timeRatio,
    limits: {
      memory: peakMegabytes <= 4000,
      time: ['read', 'count', 'train'].every((name) => timeRatio[name] <= 1.3),
      sameWords: large.every((row) => row.sameWords !== false),
    },
    manyTypes: await manyTypes(Number(options['many-types'])),
  };
  const file = resultFile('large');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
  console.error(`Wrote ${file}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
