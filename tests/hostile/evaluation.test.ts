// Test sets and WordNet's files that are none (rows N5*, CC4*).
import { describe, it } from 'vitest';
import { golden } from './damaged-files.ts';
import { Room } from './w2v.ts';

describe('test sets', () => {
  const room = new Room({
    'v.bin': golden('vectors.bin'),
    'nan.tsv': 'king\tqueen\tNaN\n',
    'one.tsv': 'king\tqueen\t5\n',
    'same.tsv': 'king\tqueen\t5\nman\twoman\t5\nboy\tgirl\t5\n',
    'empty.txt': '',
    'binary.txt': Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256)),
    'none.txt': ': family\n: capitals\n',
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
