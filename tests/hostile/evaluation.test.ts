// Test sets, WordNet's files and settings of comparisons that are none (rows N4*, N5*, O09b, CC4*).
import { describe, it } from 'vitest';
import { golden } from './damaged-files.ts';
import { quick, Room, text } from './w2v.ts';

describe('test sets', () => {
  const room = new Room({
    'v.bin': golden('vectors.bin'),
    fifo: 'FIFO',
    'line.txt': 'w1 w2 '.repeat(4_000_000), // 24 MB without a line end
    'nan.tsv': 'king\tqueen\tNaN\n',
    'one.tsv': 'king\tqueen\t5\n',
    'same.tsv': 'king\tqueen\t5\nman\twoman\t5\nboy\tgirl\t5\n',
    'empty.txt': '',
    'binary.txt': Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256)),
    'none.txt': ': family\n: capitals\n',
    'voc.tsv': `${'x'.repeat(10_000_000)}\t3\n`,
    't.txt': text(),
  });
  it('O09b: pairs from a pipe that nobody writes to, Ctrl-C twice', async () => {
    const signals = [
      { name: 'SIGINT', when: 1500 },
      { name: 'SIGINT', when: /Stopping/, pause: 300 },
    ] as const;
    const stopped = { exit: [130, 'SIGINT'] as const, says: 'Stopping', stopsWithin: 2 };
    await room.expect('w2v evaluate v.bin --pairs fifo', stopped, { signals });
  });
  it.each([
    ['N5.pairs', '--pairs nan.tsv', 3, 'nan.tsv:1'],
    ['N5.pairs4', '--pairs empty.txt', 3, 'empty.txt'],
    ['N5.pairs5', '--pairs binary.txt', 3, 'binary.txt'],
    ['N5.an1', '--analogies binary.txt', 3, 'binary.txt'],
    ['N5.an2', '--analogies none.txt', 3, 'none.txt'],
  ])('%s: %s', async (_row, option, exit, says) => {
    await room.expect(`w2v evaluate v.bin ${option}`, { exit, says });
  });
  it.each([
    ['N5.pairs2', 'one.tsv'],
    ['N5.pairs3', 'same.tsv'],
  ])('%s: too little for a correlation, %s', async (_row, file) => {
    await room.expect(`w2v evaluate v.bin --pairs ${file}`, { exit: 0, never: /NaN|undefined/ });
    await room.expect(`w2v evaluate v.bin --pairs ${file} --json`, { exit: 0, answers: /^\[/ });
  });
  it('N5.pairs6: a line of 24 MB', async () => {
    await room.expect('w2v evaluate v.bin --pairs line.txt', { exit: 3, says: 'line.txt:1', memory: 250 });
  });
  it('N6.vocab5: a word of 10 MB in a vocabulary', async () => {
    await room.expect(`w2v train t.txt -o v2.bin --vocab voc.tsv ${quick}`, {
      exit: 3,
      says: 'voc.tsv:1',
      memory: 300,
    });
    await room.expect('w2v evaluate v.bin --pairs same.tsv --counts voc.tsv', { exit: 3, says: 'voc.tsv:1' });
  });
});

describe('WordNet', () => {
  const names = ['data', 'index'].flatMap((kind) => ['noun', 'verb', 'adj', 'adv'].map((part) => `wn/${kind}.${part}`));
  it('CC4: an empty folder', async () => {
    const room = new Room({ wn: 'FOLDER' });
    await room.expect('w2v thesaurus dog --wordnet wn', { exit: 3, says: /wn\/(?:data|index)\.\w+: no such file/ });
  });
  it('CC4b: any text', async () => {
    const room = new Room(Object.fromEntries(names.map((name) => [name, 'the dog ran\nafter the cat\n'])));
    await room.expect('w2v thesaurus dog --wordnet wn', { exit: 3, says: 'wn/', never: /NaN|unknown/ });
  });
  it('CC4b: a pipe', async () => {
    const fixtures = Object.fromEntries(names.map((name) => [name, 'FIFO' as const]));
    const room = new Room(fixtures);
    await room.expect('w2v thesaurus dog --wordnet wn', { exit: 3, says: 'wn/' }, { limit: 5 });
  });
});

describe('seeds', () => {
  it('N4.seedover: more seeds than there are numbers', async () => {
    const room = new Room({ 't.txt': text(), 'p.tsv': 'w1\tw2\t3\nw1\tw3\t2\nw2\tw3\t1\n' });
    const command = `w2v compare t.txt --seed 9007199254740991 --seeds 3 --thesaurus none --pairs p.tsv ${quick}`;
    await room.expect(command, { exit: 2, says: '9007199254740991' }, { limit: 10 });
  });
});
