// Disks that fill up, and files that change, while a command is at work: the ids of the corpus, the counts that do not
// fit in memory, checkpoints, what is written, what is read.
import { describe, expect, it } from 'vitest';
import { saveVectors } from '../../src/formats/save.ts';
import { namespaces, onDisk, quick, Room, text, without } from './w2v.ts';

describe.skipIf(!namespaces)(`a disk that is full${without(namespaces, 'unshare')}`, () => {
  const room = new Room({ 't.txt': text(200_000, 20_000), disk: 'FOLDER' });
  const hint = /^hint: free disk space/m;

  it('for the ids of the corpus: train, count', async () => {
    for (const line of [`train t.txt -o v.bin ${quick}`, 'count t.txt -o v.bin --dim 8']) {
      const says = ['the ids of the corpus (temporary) cannot be kept in disk: the disk is full', hint];
      await room.expect(onDisk(`w2v ${line} --temporary disk`), { exit: 3, says, answers: /^$/ });
    }
  });

  it('for counts that do not fit in memory', async () => {
    const says = ['counts that do not fit in memory cannot be kept in disk: the disk is full', hint];
    const line = 'w2v count t.txt -o v.bin --dim 8 --window 20 --memory 10MB --temporary disk';
    await room.expect(onDisk(line, 'ls -A disk', '1m'), { exit: 3, says, answers: /^$/ });
  });

  it('for a checkpoint of train, which goes on to the same vectors', async () => {
    const here = new Room({ 't.txt': text(), disk: 'FOLDER' });
    const train = `w2v train t.txt -o v.bin ${quick} --dim 50`;
    await here.expect(train, { exit: 0, makes: ['v.bin', 'v.bin.json'], keeps: true });
    const expected = here.bytes('v.bin');
    const says =
      /^warning: no checkpoint after .*: disk\/saved\/.* cannot be written: the disk is full. The training goes on$/m;
    const line = `${train} --force --checkpoint disk/saved --checkpoint-every 0.25e`;
    await here.expect(onDisk(line, 'ls disk/saved'), {
      exit: 0,
      says,
      answers: /^$/,
      changes: ['v.bin', 'v.bin.json'],
    });
    expect(here.bytes('v.bin').equals(expected)).toBe(true);
  });

  it('for a checkpoint of count, which goes on once there is room', async () => {
    const here = new Room({ 't.txt': text(60_000), disk: 'FOLDER' });
    const count = 'w2v count t.txt -o v.bin --dim 8';
    await here.expect(count, { exit: 0, makes: ['v.bin', 'v.bin.json'], keeps: true });
    const expected = here.bytes('v.bin');
    const stopped = `${count} --force --checkpoint disk/saved 2>&1 && exit 77`;
    const resumed = `${count} --force --resume disk/saved`;
    await here.expect(onDisk(`${stopped}; mount -o remount,size=10m disk; ${resumed}`, '', '100k'), {
      exit: 0,
      answers: ['the counts of the checkpoint cannot be kept in disk/saved: the disk is full', '--resume'],
      says: 'Resumed: ',
      changes: ['v.bin', 'v.bin.json'],
    });
    expect(here.bytes('v.bin').equals(expected)).toBe(true);
  });

  it('for an output: convert, vocab, count, the report of compare', async () => {
    const here = new Room({
      't.txt': text(40_000, 9000),
      'p.tsv': 'w1\tw2\t3\nw1\tw3\t2\nw2\tw9\t1\n',
      disk: 'FOLDER',
      kept: 'FOLDER',
    });
    const words = Array.from({ length: 2000 }, (_, at) => `w${at}`);
    await saveVectors(here.path('v.bin'), { words, matrix: new Float32Array(2000 * 10).fill(1), dimensions: 10 });
    const says = /disk\/o\S* cannot be written: the disk is full/;
    for (const line of ['convert v.bin disk/o.npy', 'vocab t.txt --min-count 1 -o disk/o.tsv']) {
      await here.expect(onDisk(`w2v ${line}`), { exit: 3, says, answers: /^$/ });
    }
    await here.expect(onDisk('w2v count t.txt -o disk/o.npz --method ppmi --temporary kept'), {
      exit: 3,
      says: [says, 'the matrix and its words are in kept/o.npz.rescued'],
      answers: /^$/,
      makes: /^kept\/o\.npz\.rescued/,
    });
    const compare = `w2v compare t.txt --thesaurus none --pairs p.tsv ${quick} --report disk/o.html --quiet`;
    await here.expect(onDisk(compare), { exit: 3, says, answers: /^$|./ });
  });
});

describe('a limit of the size of files (ulimit -f)', () => {
  it('for the ids, and for the counts', async () => {
    const room = new Room({ 't.txt': text(200_000, 20_000) });
    const says = ['cannot be kept in', 'the file would exceed the size limit', 'ulimit -f'];
    await room.expect(`ulimit -f 100; exec w2v train t.txt -o v.bin ${quick}`, { exit: 3, says });
    const count = 'w2v count t.txt -o v.bin --dim 8 --window 20 --memory 10MB';
    await room.expect(`ulimit -f 1000; exec ${count}`, { exit: 3, says });
  });
});

describe('little memory (ulimit -v)', () => {
  it('train and count say so', async () => {
    const room = new Room({ 't.txt': text(20_000, 2000) });
    for (const line of [`train t.txt -o v.bin ${quick} --threads 2`, 'count t.txt -o v.bin --dim 8']) {
      await room.expect(`ulimit -v 6000000; exec w2v ${line}`, {
        exit: [0, 1, 3],
        makes: /^v\.bin/,
        never: /allocation failed|RangeError/,
      });
    }
  });
});

describe('a text that changes while it is read', () => {
  // The pipe is read first: what happens before it is written to happens between the start and the reading of the
  // second.
  const rooms = () => new Room({ first: 'FIFO', 'second.txt': text(), 'other.txt': text(500, 20) });
  const between = (act: string, line: string) => `{ exec 3> first; ${act}; echo a b >&3; } & exec w2v ${line}`;

  it('is removed', async () => {
    const line = between('rm second.txt', 'vocab first second.txt');
    await rooms().expect(line, { exit: 3, says: 'second.txt does not exist', loses: ['second.txt'] });
  });

  it('becomes a folder', async () => {
    const act = 'rm second.txt; mkdir second.txt';
    const expected = { exit: 3, says: /second\.txt/, loses: ['second.txt'], makes: ['second.txt/'] };
    await rooms().expect(between(act, 'vocab first second.txt'), expected);
  });

  it('grows: it is read to the end that it has then', async () => {
    const act = 'echo new new new new new new >> second.txt';
    await rooms().expect(between(act, 'vocab first second.txt'), {
      exit: 0,
      answers: /^new\t6$/m,
      changes: ['second.txt'],
    });
  });

  it('is replaced by another one of the same size or a larger one', async () => {
    const act = 'yes new | head -c 100000 > new.txt; mv new.txt second.txt';
    await rooms().expect(between(act, 'vocab first second.txt'), {
      exit: 0,
      answers: /^new\t25000$/m,
      changes: ['second.txt'],
    });
  });

  it('is cut while train reads it, which leaves nothing', async () => {
    const act = ': > second.txt';
    const says = /second\.txt shrank while it was read/;
    await rooms().expect(between(act, `train first second.txt -o v.bin ${quick}`), {
      exit: 3,
      says,
      changes: ['second.txt'],
    });
  });
});
