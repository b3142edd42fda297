// The approximate index beside a file of vectors, damaged or planted (rows H*). usearch is a peer that npm test installs.
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { golden } from './damaged-files.ts';
import { Room } from './w2v.ts';

const ask = 'w2v nearest v.bin king -k 3 --index hnsw';
const index = ['v.bin.hnsw', 'v.bin.hnsw.json'];

describe('an index beside the file', () => {
  let room: Room;
  let graph: string;
  let sound: Buffer;
  let answer: string;
  beforeEach(async () => {
    room = new Room({ 'v.bin': golden('vectors.bin') });
    graph = room.path('v.bin.hnsw');
    answer = (await room.expect(ask, { exit: 0, makes: index, keeps: true })).stdout;
    sound = readFileSync(graph);
  });

  it('H01: without its graph', async () => {
    rmSync(graph);
    await room.expect(ask, { exit: 0, answers: answer, says: 'made in', makes: ['v.bin.hnsw'], changes: index });
  });
  it('H02: a folder in the place of the graph', async () => {
    rmSync(graph);
    room.put('v.bin.hnsw', 'FOLDER');
    await room.expect(ask, { exit: 0, answers: answer, says: 'not kept', loses: ['v.bin.hnsw.json'] });
  });
  it('H05: a damaged graph beside good facts is made anew', async () => {
    const damages = [
      () => truncateSync(graph, 1000),
      () => truncateSync(graph, 64),
      () => truncateSync(graph, sound.length - 1),
      () => writeFileSync(graph, Buffer.alloc(sound.length)),
      () => writeFileSync(graph, Buffer.from(sound).fill(0xff, sound.length >> 1)),
    ];
    for (const damage of damages) {
      damage();
      await room.expect(ask, { exit: 0, answers: answer, says: 'made in', changes: index });
      await room.expect(ask, { exit: 0, answers: answer, says: 'there already' });
    }
  });
  it('H03: facts of other types', async () => {
    const facts = JSON.parse(room.read('v.bin.hnsw.json'));
    const others = [null, [], { ...facts, recall: '\x1b]0;title\x07' }, { ...facts, k: 'many', sample: {} }];
    for (const other of others) {
      room.remove('v.bin.hnsw.json');
      room.put('v.bin.hnsw.json', JSON.stringify(other));
      await room.expect(ask, { exit: 0, answers: answer, says: 'made in', never: 'NaN', changes: index });
    }
  });
});

it('H04: links planted under the temporary name', async () => {
  const room = new Room({ 'v.bin': golden('vectors.bin'), victim: 'precious' });
  const planted = `for end in $$.tmp json.$$.tmp; do ln -s victim v.bin.hnsw.$end; done; exec ${ask}`;
  await room.expect(planted, { exit: 0, makes: /^v\.bin\.hnsw/ });
  expect(room.read('victim')).toBe('precious');
});

it('H15: vectors on a pipe leave nothing in /dev', async () => {
  const room = new Room({ 'v.bin': golden('vectors.bin') });
  await room.expect('cat v.bin | w2v nearest /dev/stdin king -k 3 --index hnsw', {
    exit: 0,
    answers: /^king\n/,
    says: 'not kept',
  });
  expect(['/dev/stdin.hnsw', '/dev/stdin.hnsw.json'].filter((name) => existsSync(name))).toEqual([]);
});
