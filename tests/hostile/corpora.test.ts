// Texts that are none, or lie where they should not (rows C*).
import { describe, it } from 'vitest';
import { quick, Room, text } from './w2v.ts';

describe('texts too small to learn from', () => {
  const room = new Room({
    'one.txt': 'hello\n',
    'onetok.txt': 'hello hello hello hello hello hello\n',
    'two.txt': 'hello world\n',
    'oneperline.txt': Array.from({ length: 400 }, (_, at) => `w${at % 40}\n`).join(''),
  });
  it.fails.each([
    ['C34', 'one.txt'],
    ['C35', 'onetok.txt'],
    ['C36', 'two.txt'],
    ['C37', 'oneperline.txt'],
  ])('%s: %s', async (_row, file) => {
    await room.expect(`w2v train ${file} -o v.bin ${quick} --min-count 1`, { exit: 3, says: /nothing|too few/ });
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
    await room.expect(`w2v ${command} --force`, { exit: 2, says: 'writing it would destroy what is read' });
  });
});
