// Texts that are none, or lie where they should not (rows C*, O02c, O03*).
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, it } from 'vitest';
import { has, namespaces, noTensorflow, onDisk, ownCache, quick, Room, text, without } from './w2v.ts';

describe('texts too small to learn from', () => {
  const room = new Room({
    'one.txt': 'hello\n',
    'onetok.txt': 'hello hello hello hello hello hello\n',
    'two.txt': 'hello world\n',
    'oneperline.txt': Array.from({ length: 400 }, (_, at) => `w${at % 40}\n`).join(''),
    't.txt': text(),
  });
  const rows = [
    ['C34, N.one_word', 'one.txt --min-count 1'],
    ['C35, N.one_type', 'onetok.txt --min-count 1'],
    ['C36, N.two_words', 'two.txt --min-count 1'],
    ['C37, N.one_word_a_line', 'oneperline.txt'],
    ['N.sample1e-12', 't.txt --sample 1e-12'],
    ['N.maxvocab1', 't.txt --max-vocab 1'],
  ];
  it.each(rows)('%s: train %s', async (_row, what) => {
    await room.expect(`w2v train ${what} -o v.bin ${quick}`, { exit: 3, says: /nothing to learn|too few/ });
  });
  it.skipIf(noTensorflow).each(rows)(
    `%s with TensorFlow: train %s${without(!noTensorflow, 'TensorFlow')}`,
    async (_row, what) => {
      const command = `w2v train ${what} -o v.bin --engine tensorflow --dim 4 --epochs 1`;
      await room.expect(
        command,
        { exit: 3, says: /nothing to learn|too few/ },
        { environment: { W2V_CACHE: ownCache } },
      );
    },
  );
  it.each(['wasm', 'tensorflow'])('N.maxvocab2, %s: two words are told from each other, or refused', async (engine) => {
    if (engine === 'tensorflow' && noTensorflow) return;
    const command = `w2v train t.txt --max-vocab 2 -o v.bin --engine ${engine} --dim 8 --epochs 5`;
    const expected = { exit: [0, 3], never: /loss 0\.000/, makes: /^v\.bin/ };
    await room.expect(command, expected, { environment: { W2V_CACHE: ownCache } });
  });

  it.each([
    ['N.count.one_word', 'one.txt'],
    ['N.count.one_type', 'onetok.txt'],
    ['N.count.two_words', 'two.txt'],
  ])('%s', async (_row, file) => {
    const command = `w2v count ${file} -o v.bin --min-count 1 --dim 4`;
    await room.expect(command, { exit: 3, says: 'too few for vectors' });
  });
});

describe('an output that is an input', () => {
  const room = new Room({
    't.txt': text(),
    'v.bin.json': text(),
    'voc.tsv': 'w1\t900\nw2\t800\nw3\t700\n',
  });
  it.each([
    ['C75', `train t.txt -o t.txt ${quick}`],
    ['C75b', 'vocab t.txt -o ./t.txt'],
    ['C75d', `train v.bin.json -o v.bin ${quick}`],
    ['C75e', `train t.txt --vocab voc.tsv -o voc.tsv --format word2vec-text ${quick}`],
  ])('%s: %s --force', async (_row, command) => {
    await room.expect(`w2v ${command} --force`, { exit: 2, says: 'writing it would destroy the input' });
  });
});

describe('folders', () => {
  it('C73.1: what the first run wrote into the folder is not read by the second', async () => {
    const room = new Room({ 'd/t.txt': text() });
    const command = `w2v train d -o d/v.txt ${quick} --force`;
    const first = await room.expect(command, { exit: 0, makes: ['d/v.txt', 'd/v.txt.json'], keeps: true });
    const read = /Read [\d.]+ \w+/.exec(first.stderr)![0];
    await room.expect(command, {
      exit: 0,
      says: [read, 'Not read: d/v.txt, d/v.txt.json (made by w2v)'],
      changes: ['d/v.txt', 'd/v.txt.json'],
    });
  });

  it('C39, O03c: names with line ends, escapes, and bytes that are not UTF-8', async () => {
    const room = new Room({
      'names/new\nline.txt': 'hello\n',
      'names/esc\u001b]0;PWNED\u0007.txt': 'hello\n',
      'names/日本語.txt': 'hello\n',
      'names/[br]*.txt': 'hello\n',
    });
    writeFileSync(
      Buffer.concat([Buffer.from(room.path('names/')), Buffer.from([0xe9]), Buffer.from('.txt')]),
      'hello\n',
    );
    await room.expect('w2v vocab names --min-count 1', { exit: 0, answers: /^hello\t5$/m });
    const glob = { exit: 0, answers: /^hello\t4$/m, says: /Not read: names\/\ufffd\.txt/ } as const;
    await room.expect("w2v vocab 'names/*.txt' --min-count 1", glob);
  });

  it('O03b: a name that is not valid UTF-8, as an argument', async () => {
    const room = new Room();
    writeFileSync(Buffer.concat([Buffer.from(room.path('')), Buffer.from([0xe9])]), 'hello\n');
    await room.expect(`w2v vocab $'\\xe9'`, { exit: 3, says: ['no such file or folder', 'not valid UTF-8'] });
  });

  it('C82b, C82c: names that a terminal would obey, in errors', async () => {
    const room = new Room({ 't.txt': text(100, 5) });
    await room.expect(`w2v vocab $'no\\x1b]0;PWNED\\x07such'`, { exit: 3, says: 'no such file or folder: no' });
    await room.expect(`w2v vocab t.txt -o $'/nowhere/\\x1b[31mred\\x07'`, { exit: 3, says: 'cannot be written' });
  });

  it('C08: links that lead in a circle', async () => {
    const room = new Room({
      'loop/a.txt': 'hello hello\n',
      'loop/here': { link: '.' },
      'loop/up': { link: '..' },
      'loop/x': { link: 'y' },
      'loop/y': { link: 'x' },
    });
    await room.expect('w2v vocab loop --min-count 1', { exit: 0, answers: /^hello\t2$/m });
  });

  // With a stack a tenth as large as otherwise, a tenth as many files are too many for it. The other name is missed
  // when the files have been found, before they are read.
  it.skipIf(!namespaces)(`C80: very many files in a sub-folder${without(namespaces, 'unshare')}`, async () => {
    const room = new Room({ disk: 'FOLDER' });
    const files = 'mkdir disk/sub; (cd disk/sub; seq 12000 | xargs touch)';
    const environment = { NODE_FLAGS: '--stack-size=100' };
    const line = onDisk(`${files}; w2v vocab disk none`, '', '100m');
    await room.expect(line, { exit: 3, says: 'no such file or folder: none' }, { environment });
  });
});

describe('texts that are not what they seem', () => {
  it('C32: gzip in gzip', async () => {
    const room = new Room({ 'double.gz': gzipSync(gzipSync(text())) });
    await room.expect('w2v vocab double.gz', { exit: 3, says: ['compressed with gzip twice', 'gzip -dc < double.gz'] });
  });

  it('C71: a text that is cut while it is read', async () => {
    const room = new Room({ first: 'FIFO', 'grow.txt': text() });
    // The pipe is opened for writing when it is read, and until something is written it holds the reading.
    const cut = 'exec 3> first; head -c 1000 grow.txt > cut; cat cut > grow.txt; rm cut; echo a b >&3';
    await room.expect(`{ ${cut}; } & exec w2v vocab first grow.txt`, {
      exit: 3,
      says: /grow\.txt shrank while it was read: \d+ bytes at the start, 1000 read/,
      changes: ['grow.txt'],
    });
  });

  it('O02c: a test set is no text to train on', async () => {
    await new Room().expect('w2v vocab corpus:wordsim353', { exit: 2, says: 'a set of word pairs, expected a corpus' });
  });
});

describe.skipIf(!has('mkfifo --version'))(
  `pipes that nobody writes to${without(has('mkfifo --version'), 'mkfifo')}`,
  () => {
    const room = new Room({ fifo: 'FIFO', 't.txt': text() });
    const train = `w2v train fifo -o v.bin ${quick}`;
    it('C09: Ctrl-C', async () => {
      const signals = [{ name: 'SIGINT', when: /Engine: /, pause: 200 }] as const;
      await room.expect(train, { exit: 130, says: 'Stopped.', stopsWithin: 1 }, { signals });
    });

    it('C09b: Ctrl-C twice', async () => {
      const signals = [
        { name: 'SIGINT', when: /Engine: /, pause: 200 },
        { name: 'SIGINT', when: /Stopping/ },
      ] as const;
      await room.expect(train, { exit: [130, 'SIGINT'], stopsWithin: 1 }, { signals });
    });

    it('C09c: info, nearest, similarity, convert, Ctrl-C twice', async () => {
      // Nothing is said before; 'SIGINT' where the machine was too slow to get as far as the pipe.
      const signals = [
        { name: 'SIGINT', when: 1000 },
        { name: 'SIGINT', when: /Stopping/ },
      ] as const;
      const commands = ['info fifo', 'nearest fifo a', 'similarity fifo a b', 'convert fifo o.bin'];
      const ended = commands.map((what) =>
        room.expect(`w2v ${what}`, { exit: [130, 'SIGINT'], stopsWithin: 1 }, { signals }),
      );
      await Promise.all(ended);
    });
  },
);
