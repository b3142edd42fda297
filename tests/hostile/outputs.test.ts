// Outputs that cannot be written, or not where they are to go, or that are two names of one file (rows B*, F*, LR*,
// E02*, O06, O07*). What can be known is said before the training; what cannot be known loses nothing of it.
import { describe, expect, it } from 'vitest';
import { saveVectors } from '../../src/formats/save.ts';
import { harmless, namespaces, noTerminal, onDisk, onTerminal, quick, Room, text, without } from './w2v.ts';

const train = `w2v train t.txt ${quick}`;
/** That nothing was read, let alone trained. */
const early = /^(Read|Trained) /m;

describe('refused before the training', () => {
  const room = new Room({
    't.txt': text(),
    file: 'a file\n',
    'link.bin': { link: 'linked.bin' },
    'loop.bin': { link: 'loop.bin' },
  });
  const long = '語'.repeat(84);
  it.each([
    ['LR1, O07c', '-o - --format npy', 2, 'the format npy needs more than one file'],
    ['LR2', '-o - --format projector', 2, 'the format projector needs more than one file'],
    ['LR4', '-o file/board --format projector', 3, 'file is not a folder'],
    ['F06f', '-o loop.bin', 3, 'its symbolic links form a loop'],
    ['F06k', '-o file/x.bin', 3, 'file/x.bin cannot be written: file is not a folder'],
    ['F06n', `-o ${long}.bin`, 3, 'the name is too long'],
    ['B01', '-o v.bin --save-output ./v.bin', 2, /the outputs v\.bin and \.\/v\.bin are one file/],
    ['B01b', '-o v.bin --save-output ./v.bin --force', 2, /the outputs v\.bin and \.\/v\.bin are one file/],
    ['B01d', '-o linked.bin --save-output link.bin --force', 2, /are one file/],
    ['B01e', '-o v.bin --save-output v.bin.json --format word2vec-text', 2, 'two outputs have the name v.bin.json'],
    ['B01f', '-o v.npy --save-output v.npy.words --format npy --force', 2, 'two outputs have the name v.npy.words'],
    ['O06', '-o v.bin --temporary file', 3, /cannot be kept in file: it is not a folder/],
    ['F02d', '-o v.bin --temporary nowhere', 3, /cannot be kept in nowhere: the folder does not exist/],
  ])('%s: %s', async (_row, options, exit, says) => {
    await room.expect(`${train} ${options}`, { exit, says, never: early });
  });

  it('F02e: TMPDIR does not exist', async () => {
    const expected = { exit: 3, says: 'cannot be kept in /nowhere: the folder does not exist', never: early };
    await room.expect(`${train} -o v.bin`, expected, { environment: { TMPDIR: '/nowhere' } });
  });

  it('F06d, F06e: a link to nothing is written through, or told', async () => {
    const links = new Room({ 't.txt': text(), 'a.bin': { link: 'nowhere/b.bin' }, 'c.bin': { link: 'd.bin' } });
    const says = /a\.bin cannot be written: the folder .*nowhere does not exist/;
    await links.expect(`${train} -o a.bin`, { exit: 3, says, never: early });
    await links.expect(`${train} -o c.bin`, { exit: 0, makes: ['c.bin.json', 'd.bin'] });
  });
});

describe.skipIf(!namespaces)(`disks that are full or read-only${without(namespaces, 'unshare')}`, () => {
  const room = () => new Room({ 't.txt': text(), disk: 'FOLDER', kept: 'FOLDER' });
  const big = `${train} --dim 50`;
  it('F01k: the context vectors do not fit, the main file is kept', async () => {
    await room().expect(onDisk(`${big} -o v.bin --save-output disk/o.bin --temporary kept`), {
      exit: 3,
      says: [
        'disk/o.bin cannot be written: the disk is full; the vectors are in v.bin, the context vectors are in kept/o.bin.rescued',
        'hint: then run: w2v convert kept/o.bin.rescued disk/o.bin\n',
      ],
      answers: /^$/,
      makes: ['kept/o.bin.rescued', 'v.bin', 'v.bin.json'],
    });
  });

  it('F01l: the main file does not fit, it is rescued, the context vectors are kept', async () => {
    await room().expect(onDisk(`${big} -o disk/v.bin --save-output o.bin --temporary kept`), {
      exit: 3,
      says: 'disk/v.bin cannot be written: the disk is full; the vectors are in kept/v.bin.rescued, the context vectors are in o.bin',
      answers: /^$/,
      makes: ['kept/v.bin.rescued', 'kept/v.bin.rescued.json', 'o.bin'],
    });
  });

  it('F01f: over an existing file, which stays', async () => {
    const line = `echo old > disk/v.bin; ${big} -o disk/v.bin --force --temporary kept`;
    await room().expect(onDisk(line, 'ls -A disk; cat disk/v.bin'), {
      exit: 3,
      says: 'disk/v.bin cannot be written: the disk is full; the vectors are in kept/v.bin.rescued',
      answers: /^v\.bin\nold\n$/,
      makes: ['kept/v.bin.rescued', 'kept/v.bin.rescued.json'],
    });
  });

  it('F02c: vocab needs no room for temporary files', async () => {
    const line = 'head -c 20000 /dev/zero > disk/full 2> /dev/null; TMPDIR=$PWD/disk w2v vocab t.txt';
    await room().expect(onDisk(line), { exit: 0, answers: /^w1\t/m });
  });

  it('F05b: temporary files on a read-only disk', async () => {
    const line = `mount -o remount,bind,ro disk; ${train} -o v.bin --temporary disk`;
    await room().expect(onDisk(line), { exit: 3, says: 'cannot be kept in disk: the file system is read-only' });
  });

  it('F03, F05c: compare, the cache on a full disk and on a read-only one', async () => {
    const compare = `w2v compare t.txt --engine wasm --dim 20 --epochs 1 --thesaurus none --pairs p.tsv`;
    for (const trouble of ['head -c 20000 /dev/zero > disk/full 2> /dev/null', 'mount -o remount,bind,ro disk']) {
      const here = room();
      here.put('p.tsv', 'w1\tw2\t3\nw1\tw3\t2\nw2\tw9\t1\n');
      const says = /(are|Not) cached: .*(disk is full|file system is read-only)$/m;
      const line = onDisk(`${trouble}; W2V_CACHE=$PWD/disk ${compare}`);
      const { stderr } = await here.expect(line, { exit: 0, says, answers: 'PPMI' });
      expect(stderr.match(/(are|Not) cached/g)).toHaveLength(1);
    }
  });
});

describe('what cannot be known beforehand loses nothing', () => {
  const long = `w2v train t.txt --engine wasm --dim 50 --epochs 3`;
  it('LR12: a file of that name has come', async () => {
    const room = new Room({ 't.txt': text() });
    const late = { when: /^Read /m, act: () => void room.put('v.bin', 'theirs') };
    await room.expect(
      `${long} -o v.bin`,
      { exit: 3, says: /v\.bin already exists; the vectors are in v\.bin\.rescued/, makes: /^v\.bin(\.rescued.*)?$/ },
      { meanwhile: late },
    );
  });

  it('LR11: the folder has gone', async () => {
    const room = new Room({ 't.txt': text(), sub: 'FOLDER', kept: 'FOLDER' });
    const late = { when: /^Read /m, act: () => room.remove('sub') };
    await room.expect(
      `${long} -o sub/v.bin --temporary kept`,
      { exit: 3, says: 'the vectors are in kept/v.bin.rescued', makes: /^kept\//, loses: ['sub/'] },
      { meanwhile: late },
    );
  });
});

describe('pipes and devices', () => {
  const room = new Room({ 't.txt': text(), 'fifo.bin': 'FIFO' });
  it('O07d: -o /dev/stdout in a pipe', async () => {
    const command = `${train} -o /dev/stdout --format glove --quiet | head -1`;
    await room.expect(harmless(command), { exit: 0, answers: /^w\d+( -?\d\S*){8}\n$/ });
  });

  it('O07e: -o >(...)', async () => {
    const command = `${train} -o >(head -1 >&2) --format glove --quiet; echo $?; wait`;
    await room.expect(command, { exit: 0, answers: '0\n', says: /^w\d+( -?\d\S*){8}\n$/ });
  });

  it('F06g: a FIFO that nobody reads, Ctrl-C', async () => {
    const signals = [{ name: 'SIGINT', when: /^Read /m, pause: 700 }] as const;
    await room.expect(`${train} -o fifo.bin`, { exit: 130, says: 'Stopped.', stopsWithin: 1 }, { signals });
  });

  it('F04f: standard output is closed', async () => {
    await room.expect('w2v vocab t.txt >&-', { exit: [0, 3] });
  });

  it('F06x: --report - is standard output', async () => {
    const vectors = new Room({
      'a.txt': 'w1 1 2\nw2 2 1\nw3 1 1\n',
      'b.txt': 'w1 2 2\nw2 2 1\nw3 1 1\n',
      'p.tsv': 'w1\tw2\t3\nw1\tw3\t2\nw2\tw3\t1\n',
    });
    const compare = 'w2v compare a.txt b.txt --thesaurus none --pairs p.tsv --report -';
    await vectors.expect(compare, { exit: 0, answers: [/^<!doctype html>/, /<\/html>\n?$/] });
  });

  it.skipIf(noTerminal)(`T.convert binary to the terminal${without(!noTerminal, 'script')}`, async () => {
    const vectors = new Room({ 'a.txt': 'w1 1 2\nw2 2 1\n' });
    const line = onTerminal('w2v convert a.txt - --format parquet');
    const answers = ' the format parquet is binary, and standard output is a terminal';
    await vectors.expect(line, { exit: 2, answers, terminal: true });
  });
});

describe('files that are replaced', () => {
  it('E02b: with --force, owner and mode stay', async () => {
    const room = new Room({ 't.txt': text() });
    const asRoot = process.getuid?.() === 0;
    const before = `touch s.bin; chmod 600 s.bin${asRoot ? '; chown 65534 s.bin' : ''}`;
    const command = `${before}; ${train} -o s.bin --force --quiet; stat -c '%a %u' s.bin`;
    const answers = `600 ${asRoot ? 65534 : process.getuid?.()}\n`;
    await room.expect(command, { exit: 0, answers, makes: ['s.bin', 's.bin.json'] });
  });

  it('B02: the manifest of the old vectors goes with them', async () => {
    const room = new Room({ 't.txt': text(), 'other.txt': 'cat 1 2\ndog 2 1\n' });
    await room.expect(`${train} -o v.txt`, { exit: 0, makes: ['v.txt', 'v.txt.json'], keeps: true });
    await room.expect('w2v convert other.txt v.txt --force', { exit: 0, changes: ['v.txt'], loses: ['v.txt.json'] });
    await room.expect('w2v info v.txt', { exit: 0, answers: /^words\s+2$/m, never: 'trained' });
  });

  it('C75c: convert onto itself', async () => {
    const room = new Room({ 't.txt': 'cat 1 2\ndog 2 1\n' });
    await room.expect('w2v convert t.txt t.txt --force --format word2vec-binary', {
      exit: 2,
      says: 'would destroy the input',
    });
  });
});

describe('two books and two folders are what they are', () => {
  it('B03, B03b: texts that begin with a word and a number', async () => {
    const room = new Room({
      'book.txt': `Chapter 1\n${text()}`,
      'book2.txt': `Chapter 2\n${text(6000, 200)}`,
      'p.tsv': 'w1\tw2\t3\nw1\tw3\t2\nw2\tw9\t1\n',
    });
    const options = '--engine wasm --dim 4 --epochs 1 --thesaurus none --pairs p.tsv --quiet';
    await room.expect(`w2v compare book.txt ${options}`, { exit: 0, answers: 'PPMI' });
    await room.expect(`w2v compare book.txt book2.txt ${options}`, { exit: 0, answers: 'PPMI' });
  });

  it('B03c: a vocabulary is no file of vectors', async () => {
    const room = new Room({ 'voc.tsv': 'w1\t900\nw2\t800\nw3\t700\n' });
    await room.expect('w2v nearest voc.tsv w1', { exit: 3, says: /vocabulary/ });
  });

  it('B04: two projector folders are compared as vectors', async () => {
    const room = new Room({ 'p.tsv': 'cat\tdog\t3\ncat\tcow\t2\ndog\tcow\t1\n' });
    const vectors = { words: ['cat', 'dog', 'cow'], matrix: Float32Array.of(1, 2, 2, 1, 1, 1), dimensions: 2 };
    for (const name of ['b1', 'b2']) await saveVectors(room.path(name), vectors, { format: 'projector' });
    const compare = 'w2v compare b1 b2 --thesaurus none --pairs p.tsv';
    await room.expect(compare, { exit: 0, answers: '2 files of vectors compared' });
  });
});
