// The commands that are killed. Each has a command line, what it needs, and the files it makes. `varies`: files of
// which only the presence must be the same, because they hold times. `answer`: what of standard output must be the
// same.
import { cpSync, linkSync, mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { project } from './room.js';

/** A text of `tokens` words in lines of ten, w1 the most frequent, the same every time. */
function text(tokens, types = 3000) {
  const words = [];
  let state = 12345;
  for (let at = 1; at <= tokens; at++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    words.push(`w${Math.floor(types ** (state / 2 ** 32))}`, at % 10 === 0 ? '\n' : ' ');
  }
  return words.join('');
}

const line = (words) => words.split(' ');
const withText = (tokens) => (room) => writeFileSync(join(room, 'here/t.txt'), text(Math.round(tokens)));
const train = 'train t.txt -o v.bin --save-output o.bin --dim 50 --threads 1 --force';
/** The same command begins, and goes on after a kill. */
const checkpoints = '--checkpoint ck --resume ck --checkpoint-every 0.3s';
const pairs = Array.from({ length: 40 }, (_, at) => `w${at + 1}\tw${2 * at + 2}\t${at % 11}\n`).join('');

/**
 * @param scale how much longer the commands take than in CI
 * @param tfjsNode the folder of a tfjs-node that is set up; without it, TensorFlow and set-up are left out
 */
export function killTargets({ scale = 1, tfjsNode } = {}) {
  const targets = [
    {
      name: 'train, portable engine',
      prepare: withText(40_000 * scale),
      args: line(`${train} --engine wasm --epochs 3`),
      makes: ['v.bin', 'o.bin', 'v.bin.json'],
    },
    {
      name: 'train, portable engine, resumed',
      prepare: withText(40_000 * scale),
      args: line(`${train} --engine wasm --epochs 12 ${checkpoints}`),
      makes: ['v.bin', 'o.bin', 'v.bin.json'],
    },
    {
      name: 'count, resumed',
      prepare: withText(300_000 * scale),
      args: line(`count t.txt -o v.bin --dim 20 --window 100 --threads 1 --force ${checkpoints}`),
      makes: ['v.bin', 'v.bin.json'],
    },
    {
      name: 'count, SVD',
      prepare: withText(80_000 * scale),
      args: line('count t.txt -o v.bin --dim 50 --threads 2 --force'),
      makes: ['v.bin', 'v.bin.json'],
    },
    {
      name: 'count, sparse',
      prepare: withText(160_000 * scale),
      args: line('count t.txt -o m.npz --method ppmi --threads 2 --memory 30MB --force'),
      makes: ['m.npz', 'm.npz.words', 'm.npz.json'],
    },
    {
      name: 'convert',
      async prepare(room) {
        const { saveVectors } = await import(pathToFileURL(join(project, 'dist/index.js')).href);
        const rows = Math.round(10_000 * scale);
        const matrix = Float32Array.from({ length: rows * 50 }, (_, at) => Math.sin(at));
        const words = Array.from({ length: rows }, (_, at) => `word${at}`);
        await saveVectors(join(room, 'here/v.bin'), { words, matrix, dimensions: 50 });
      },
      args: line('convert v.bin v.npy --force'),
      makes: ['v.npy', 'v.npy.words'],
    },
    {
      name: 'compare',
      prepare(room) {
        withText(40_000 * scale)(room);
        writeFileSync(join(room, 'here/p.tsv'), pairs);
      },
      args: line(
        'compare t.txt --thesaurus none --pairs p.tsv --dim 20 --epochs 2 --engine wasm --threads 1 --json --report r.html --force',
      ),
      makes: ['r.html'],
      varies: ['r.html'],
      answer: (stdout) => JSON.stringify(withoutCost(JSON.parse(stdout))),
    },
  ];
  if (tfjsNode === undefined) return targets;
  targets.splice(2, 0, {
    name: 'train, TensorFlow, resumed',
    prepare: withText(40_000 * scale),
    args: line(`${train} --engine tensorflow --epochs 8 ${checkpoints}`),
    makes: ['v.bin', 'o.bin', 'v.bin.json'],
    environment: { W2V_CACHE: dirname(foldersOf(tfjsNode).addon) },
  });
  targets.splice(1, 0, {
    name: 'train, TensorFlow',
    prepare: withText(40_000 * scale),
    args: line(`${train} --engine tensorflow --epochs 2`),
    makes: ['v.bin', 'o.bin', 'v.bin.json'],
    environment: { W2V_CACHE: dirname(foldersOf(tfjsNode).addon) },
  });
  targets.push({
    name: 'setup',
    prepare: (room) => withoutAddon(room, tfjsNode),
    bin: (room) => join(room, 'home/checkout/bin/w2v.js'),
    args: ['setup'],
    makes: [],
    answer: (stdout) => (stdout === '' ? '' : 'said'),
  });
  return targets;
}

/** The folders of the cache behind a tfjs-node: the addon's and the library's. */
function foldersOf(tfjsNode) {
  const addon = dirname(dirname(dirname(realpathSync(join(tfjsNode, 'lib/napi-v8/tfjs_binding.node')))));
  return { addon, library: dirname(realpathSync(join(addon, 'deps/lib'))) };
}

/** A checkout whose tfjs-node has no addon, and a cache that has libtensorflow: `w2v setup` compiles the addon. */
function withoutAddon(room, tfjsNode) {
  const checkout = join(room, 'home/checkout');
  for (const name of ['bin', 'dist', 'corpora', 'package.json']) {
    cpSync(join(project, name), join(checkout, name), { recursive: true });
  }
  const modules = join(checkout, 'node_modules');
  mkdirSync(join(modules, '@tensorflow'), { recursive: true });
  for (const name of readdirSync(join(project, 'node_modules'))) {
    if (!name.startsWith('@tensorflow') && !name.startsWith('.')) {
      symlinkSync(realpathSync(join(project, 'node_modules', name)), join(modules, name));
    }
  }
  const own = join(modules, '@tensorflow/tfjs-node');
  cpSync(realpathSync(tfjsNode), own, { recursive: true, verbatimSymlinks: true });
  for (const name of ['deps', 'lib/napi-v8/tfjs_binding.node']) rmSync(join(own, name), { force: true });
  const { library } = foldersOf(tfjsNode);
  share(library, join(room, 'cache', basename(library)));
}

/** The same files under other names: half a gigabyte is not copied. */
export function share(from, to) {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) share(source, target);
    else if (entry.isFile() && entry.name !== 'contents.json') linkSync(source, target);
    else cpSync(source, target, { verbatimSymlinks: true, preserveTimestamps: true });
  }
}

const cost = new Set(['seconds', 'memory', 'cached', 'bytes', 'file', 'createdAt', 'wordsPerSecond']);

/** A result without what it took to make it, which differs from run to run. */
export function withoutCost(value) {
  if (Array.isArray(value)) return value.map(withoutCost);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([name]) => !cost.has(name));
  return Object.fromEntries(kept.map(([name, one]) => [name, withoutCost(one)]));
}
