// How fast each tokenizer is: MB of text a second of CPU time, read, split and counted on one thread.
//
//   npm run build && node bench/studies/tokenizers.js [--data FOLDER]
//
// The folder has corpora/enwiki-every4th.100MB.txt.gz and corpora/kowiki-every7th.75MB.txt.gz (one article a line), of
// which the first megabytes are taken; Japanese and Chinese are the catalog's messages of the TypeScript compiler,
// repeated. CPU time counts (user and system, of the whole process), so other work may run; the best of three runs.
// Dictionaries are loaded before.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { constants, gunzipSync } from 'node:zlib';
import { defaultCacheDirectory, encodeText, getCorpus } from '../../dist/index.js';
import { ownMachine, resultFile } from '../result-file.js';
import { tokenizersTable } from '../table.js';
import { thisCheckout } from '../training-runs.js';

const { values } = parseArgs({
  options: { data: { type: 'string', default: join(thisCheckout, '../shared/data') } },
});

const RUNS = 3;
const megabyte = 1e6;
const fast = 16 * megabyte;
const middle = 3 * megabyte;
const slow = megabyte;
const all = ['english', 'korean', 'japanese', 'chinese'];
const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
const own = join(folder, 'own.mjs');
writeFileSync(own, "export default (line) => line.split(' ');\n");
const tokenizers = [
  { options: { tokenizer: 'words' }, bytes: fast, texts: all },
  { options: { tokenizer: 'whitespace' }, bytes: fast, texts: all },
  { options: { tokenizer: 'jamo' }, bytes: fast, texts: all },
  { options: { tokenizer: 'segmenter' }, bytes: middle, texts: all },
  { options: { tokenizer: 'characters' }, bytes: middle, texts: all },
  { options: { tokenizer: 'korean' }, bytes: slow, texts: ['korean'] },
  { options: { tokenizer: 'japanese' }, bytes: slow, texts: ['japanese'] },
  { options: { tokenizer: 'chinese' }, bytes: middle, texts: ['chinese'] },
  { options: { tokenizerModule: own }, bytes: fast, texts: all },
];

const texts = {
  english: firstOf('enwiki-every4th.100MB.txt.gz'),
  korean: firstOf('kowiki-every7th.75MB.txt.gz'),
  japanese: await repeated('typescript-japanese'),
  chinese: await repeated('typescript-chinese'),
};

const rows = [];
for (const { options, bytes, texts: of } of tokenizers) {
  const row = { tokenizer: options.tokenizer ?? 'module', megabytesPerCpuSecond: {}, tokens: {} };
  for (const language of of) {
    await read(texts[language].subarray(0, 100_000), options);
    const text = texts[language].subarray(0, bytes);
    let least = Number.POSITIVE_INFINITY; // microseconds of CPU time: other work on the machine only adds some
    for (let run = 0; run < RUNS; run++) {
      const before = process.cpuUsage();
      const { tokens, tokenizer } = await read(text, options);
      const { user, system } = process.cpuUsage(before);
      least = Math.min(least, user + system);
      row.tokens[language] = tokens;
      if (tokenizer.package) row.package = tokenizer.package;
    }
    row.megabytesPerCpuSecond[language] = Number((text.length / least).toPrecision(3));
  }
  rows.push(row);
  console.error(JSON.stringify(row));
}
rmSync(folder, { recursive: true });
const file = resultFile('tokenizers');
const result = { date: new Date().toISOString().slice(0, 10), machine: ownMachine(), rows };
writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
console.log(tokenizersTable(result));

async function read(bytes, options) {
  const corpus = await encodeText(bytes.toString(), { minCount: 1, ...options });
  const { tokens, source } = corpus;
  corpus.close();
  return { tokens, tokenizer: source.tokenizer };
}

function firstOf(name) {
  const packed = readFileSync(join(values.data, 'corpora', name)).subarray(0, fast);
  return gunzipSync(packed, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, fast);
}

async function repeated(name) {
  const { path } = await getCorpus(name, { cacheDirectory: defaultCacheDirectory(process.env), kind: 'text' });
  const text = readFileSync(path);
  return Buffer.concat(Array.from({ length: Math.ceil(fast / text.length) }, () => text)).subarray(0, fast);
}
