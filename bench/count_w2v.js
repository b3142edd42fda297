// w2v's side of bench/count.js, in a process of its own so that its peak of memory is its own.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countDefaults } from '../build/base/defaults.js';
import { encodeCorpus } from '../build/corpus/encode.js';
import { countCooccurrences } from '../build/count/cooccurrence/cooccurrence.js';
import { embedding } from '../build/count/count-vectors.js';
import { ppmi } from '../build/count/ppmi.js';
import { truncatedSvd } from '../build/count/svd/truncated-svd.js';
import { writeFiles } from '../build/files/write-files.js';
import { loadSparseVectors, npzFiles } from '../build/formats/npz.js';
import { saveVectors } from '../build/formats/save.js';

const task = JSON.parse(process.argv[2]);
const settings = { ...countDefaults, shift: 1, ...task };
const seconds = {};
const cpuSeconds = {};

async function timed(name, work) {
  const [started, used] = [performance.now(), process.cpuUsage()];
  const result = await work();
  seconds[name] = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(used);
  cpuSeconds[name] = (user + system) / 1e6;
  return result;
}

async function count() {
  const corpus = await timed('read', () => encodeCorpus([task.corpus], { tokenizer: 'whitespace' }));
  const { memory, threads } = task;
  const { matrix, runs, spilledBytes } = await timed('count', () =>
    countCooccurrences(corpus, settings, { memory, threads }),
  );
  const path = join(task.folder, 'counts.npz');
  await writeFiles(npzFiles(path, { words: corpus.vocabulary.words, matrix }), { force: true });
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  const sha256 = hash.digest('hex');
  const first = join(task.folder, 'counts.sha256');
  if (!existsSync(first)) writeFileSync(first, sha256);
  const sameBytes = readFileSync(first, 'utf8') === sha256;
  const { tokens } = corpus;
  return {
    seconds,
    cpuSeconds,
    tokens,
    vocabulary: matrix.rows,
    nonzeros: matrix.indices.length,
    runs,
    spilledBytes,
    sameBytes,
  };
}

async function svd() {
  const loadCounts = () => loadSparseVectors(join(task.folder, 'counts.npz')); // anew each time: ppmi uses them up
  const { words, matrix } = await loadCounts();
  const limits = { memory: 4e9, threads: task.threads };
  const positive = await timed('ppmi', () => ppmi(matrix, settings));
  const found = await timed('svd', () => truncatedSvd(positive, settings, limits));
  if (task.write) {
    const values = { singularValues: [...found.singularValues], keptShare: found.keptShare };
    writeFileSync(join(task.folder, 'w2v-singular-values.json'), JSON.stringify(values));
    for (const [side, numbers] of Object.entries({ u: found.u, s: found.singularValues, v: found.v })) {
      writeFileSync(join(task.folder, `w2v-triplets.${side}`), numbers);
    }
    for (const shift of task.shifts) {
      const again = async () => ppmi((await loadCounts()).matrix, { ...settings, shift });
      const shifted = shift === 1 ? found : await truncatedSvd(await again(), settings, limits);
      for (const eig of task.eigs) {
        const rows = embedding({ ...shifted, u: shifted.u.slice() }, { eig, addContext: false });
        const vectors = { words, matrix: rows, dimensions: task.dim };
        await saveVectors(join(task.folder, `w2v-shift${shift}-eig${eig}.bin`), vectors, { force: true });
      }
    }
  }
  return { seconds, cpuSeconds, nonzeros: positive.indices.length, keptShare: found.keptShare };
}

console.log(JSON.stringify(await (task.what === 'count' ? count() : svd())));
