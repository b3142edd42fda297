// Trains w2v once, in a process of its own, and prints what it took as JSON: node bench/train_w2v.js '{"corpus": ...}'
//
// The task: { corpus, output, engine, settings, checkout, plainSimd }. `checkout` is a built copy of w2v, this one or
// an older one. `plainSimd` takes the portable engine's kernel without fused multiply-add. CPU seconds are those of
// training with the engine's start, of all threads; words/s those of the epochs alone.
import { pathToFileURL } from 'node:url';

const task = JSON.parse(process.argv[2]);
if (task.plainSimd) WebAssembly.validate = () => false;
const { encodeCorpus, saveVectors, trainWordVectors } = await import(
  pathToFileURL(`${task.checkout}/dist/index.js`).href
);

const { minCount, ...settings } = task.settings;
const corpus = await encodeCorpus([task.corpus], { tokenizer: 'whitespace', minCount });
const before = process.cpuUsage();
const { vectors, lossByEpoch, seconds, versions } = await trainWordVectors(corpus, settings, { engine: task.engine });
const { user, system } = process.cpuUsage(before);
corpus.close();
await saveVectors(task.output, vectors, { force: true, ...(settings.subwords && { format: 'fasttext' }) });

const words = corpus.tokens * settings.epochs;
console.log(
  JSON.stringify({
    vocabulary: vectors.words.length,
    tokens: corpus.tokens,
    wordsPerSecond: words / seconds,
    cpuSecondsPerMillionWords: user / words + system / words,
    peakMegabytes: process.resourceUsage().maxRSS / 1e3,
    loss: lossByEpoch.at(-1),
    arithmetic: versions.arithmetic,
  }),
);
