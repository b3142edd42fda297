// Ctrl-C and the signals like it, on a terminal and without one, while commands read, count, train and score (rows S*,
// T.*, B06, O09b).
import { describe, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { saveVectors } from '../../src/formats/save.ts';
import { has, noTensorflow, noTerminal, onTerminal, ownCache, Room, text, without } from './w2v.ts';

const stopped = { says: /Stopped\.\n$/, stopsWithin: 2.5 };
const room = new Room({ 't.txt': text(20_000), fifo: 'FIFO' });
const endless = 'w2v train t.txt -o v.bin --dim 50 --epochs 10000 --threads 1';

describe('while it trains', () => {
  it('S03: SIGTERM', async () => {
    const signals = [{ name: 'SIGTERM', when: /^Read /m, pause: 200 }] as const;
    await room.expect(`${endless} --engine wasm`, { exit: 143, ...stopped }, { signals });
  });

  it.skipIf(noTensorflow)(`S05c: SIGTERM, TensorFlow${without(!noTensorflow, 'TensorFlow')}`, async () => {
    const signals = [{ name: 'SIGTERM', when: /^Read /m, pause: 700 }] as const;
    const environment = { W2V_CACHE: ownCache };
    await room.expect(`${endless} --engine tensorflow`, { exit: 143, ...stopped }, { signals, environment });
  });

  it('S20: nohup, and the terminal goes', async () => {
    const signals = [{ name: 'SIGHUP', when: /^Read /m }] as const;
    const command = 'exec nohup w2v train t.txt -o v.bin --engine wasm --dim 50 --epochs 5';
    await room.expect(command, { exit: 0, makes: ['v.bin', 'v.bin.json'] }, { signals });
  });

  it.skipIf(noTerminal)(`S04: the terminal goes, without nohup${without(!noTerminal, 'script')}`, async () => {
    const line = `${endless} --engine wasm & sleep 1.5; kill -HUP $!; wait $!`;
    await room.expect(onTerminal(line), { exit: 129, terminal: true, answers: 'Stopping (SIGHUP)' });
  });
});

it('B06: while it counts, in the eigenproblem, Ctrl-C twice', async () => {
  const words = Array.from({ length: 1200 }, (_, at) => `w${at}`);
  const lines = Array.from({ length: 2400 }, (_, at) => words.slice((7 * at) % 1190, ((7 * at) % 1190) + 10).join(' '));
  const here = new Room({ 't.txt': lines.join('\n') });
  const signals = [
    { name: 'SIGINT', when: /^Read /m, pause: 1500 },
    { name: 'SIGINT', when: /Stopping/ },
  ] as const;
  const command = 'w2v count t.txt -o v.bin --min-count 1 --dim 1100 --iterations 1';
  await here.expect(command, { exit: [130, 'SIGINT'], stopsWithin: 2.5 }, { signals });
});

describe('while it scores', async () => {
  const V = 20_000;
  const random = createRandom(2);
  const words = Array.from({ length: V }, (_, row) => `word${row}`);
  for (const name of ['a.npy', 'b.npy', 'few.npy']) {
    const rows = name === 'few.npy' ? 4000 : V;
    const matrix = Float32Array.from({ length: rows * 100 }, () => random.normal());
    await saveVectors(room.path(name), { words: words.slice(0, rows), matrix, dimensions: 100 });
  }
  const pick = (rows = V) => words[random.below(rows)];
  room.put('pairs.tsv', Array.from({ length: 3000 }, (_, at) => `${pick()}\t${pick()}\t${at % 10}\n`).join(''));
  room.put('asked.txt', Array.from({ length: 20_000 }, () => `${pick()} ${pick()} ${pick()} ${pick()}\n`).join(''));
  room.put('lines.txt', Array.from({ length: 60_000 }, () => `${pick()} word1 word2\n`).join(''));
  room.put('words.txt', Array.from({ length: 100_000 }, () => `${pick(4000)}\n`).join(''));
  // Says "go" when the questions have been read.
  const sets = '--pairs pairs.tsv --analogies fifo';
  const go = '{ cat asked.txt > fifo; echo go >&2; } &';

  it.each([
    ['S11a', 'evaluate', ['SIGINT'], 130],
    ['S11b', 'evaluate', ['SIGINT', 'SIGINT'], [130, 'SIGINT']],
    ['S11c', 'evaluate', ['SIGTERM'], 143],
    ['S12', 'compare', ['SIGINT'], 130],
  ] as const)('%s: %s, %s', async (_row, command, names, exit) => {
    const signals = names.map((name, at) =>
      at === 0 ? { name, when: /^go/m, pause: 1000 } : { name, when: /Stopping/ },
    );
    const line = `${go} exec w2v ${command} a.npy b.npy ${sets}${command === 'compare' ? ' --thesaurus none' : ''}`;
    await room.expect(line, { exit, stopsWithin: 2.5 }, { signals });
  });

  it.skipIf(noTerminal)(`T.evaluate: Ctrl-C twice on a terminal${without(!noTerminal, 'script')}`, async () => {
    const keys = [
      { text: '\u0003', when: /Analog|Compar/ },
      { text: '\u0003', when: /Stopping/ },
    ];
    const line = `w2v evaluate a.npy b.npy --pairs pairs.tsv --analogies asked.txt`;
    const expected = { exit: 130, terminal: true, never: 'Spearman', stopsWithin: 2.5 };
    await room.expect(onTerminal(line), expected, { keys });
  });

  // The first answers as the lines come, the second when it has read them all.
  it.each([
    ['S13', 'exec w2v nearest few.npy -k 10 < words.txt', /^word\d/m],
    ['S13b', '{ cat lines.txt > fifo; echo go >&2; } & exec w2v analogy a.npy --method mul < fifo', /^go/m],
  ])('%s: %s', async (_row, line, when) => {
    const signals = [{ name: 'SIGINT', when, pause: 500 }] as const;
    await room.expect(line, { exit: 130, ...stopped }, { signals });
  });
});

describe.skipIf(!has('mkfifo --version'))(`while it waits${without(has('mkfifo --version'), 'mkfifo')}`, () => {
  it('O09b: evaluate, for pairs from a pipe, Ctrl-C twice', async () => {
    room.put('small.txt', 'cat 1 2\ndog 2 1\n');
    const signals = [
      { name: 'SIGINT', when: 1000 },
      { name: 'SIGINT', when: /Stopping/ },
    ] as const;
    const expected = { exit: [130, 'SIGINT'] as const, stopsWithin: 2.5 };
    await room.expect('w2v evaluate small.txt --pairs fifo', expected, { signals });
  });
});

describe.skipIf(noTerminal)(`on a terminal${without(!noTerminal, 'script')}`, () => {
  it.each([
    ['T.nearest', 'nearest small.txt', 'word> ', '\u0003', 130],
    ['T.analogy', 'analogy small.txt', 'man king woman', '\u0003', 130],
    ['T.odd', 'odd small.txt', 'words', '\u0004', 0],
  ] as const)('%s: says what it waits for', async (_row, command, waits, key, code) => {
    room.put('small.txt', 'cat 1 2\ndog 2 1\n');
    const keys = [{ text: key, when: new RegExp(waits) }];
    const expected = { exit: code, terminal: true, stopsWithin: 2.5 };
    await room.expect(onTerminal(`w2v ${command}`), expected, { keys });
  });
});
