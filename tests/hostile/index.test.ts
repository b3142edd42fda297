// The approximate index that stands beside a file of vectors, damaged, missing or in a place where it cannot be (rows
// H*).
import { chmodSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { saveVectors } from '../../src/formats/save.ts';
import { createRandom } from '../../src/random.ts';
import { asUser, harmless, Room, users, without } from './w2v.ts';

const usearch = (() => {
  try {
    return createRequire(import.meta.url).resolve('usearch') !== '';
  } catch {
    return false;
  }
})();

const words = Array.from({ length: 1500 }, (_, at) => (at === 0 ? 'whale' : `w${at}`));
const random = createRandom(1);
const matrix = Float32Array.from({ length: words.length * 8 }, () => random.normal());

async function withVectors(): Promise<Room> {
  const room = new Room();
  await saveVectors(room.path('v.bin'), { words, matrix, dimensions: 8 });
  return room;
}

const ask = 'w2v nearest v.bin whale -k 3 --index hnsw';
const beside = ['v.bin.hnsw', 'v.bin.hnsw.json'];
const answered = { exit: 0, answers: /^whale(\n {2}w\d+ +\d\.\d+){3}\n$/ } as const;

describe.skipIf(!usearch)(`the index beside a file${without(usearch, 'usearch')}`, async () => {
  const room = await withVectors();
  await room.run(ask);
  const whole = room.path('v.bin.hnsw');
  const bytes = room.bytes('v.bin.hnsw');
  const said = { made: /Index: v\.bin\.hnsw, built in/, kept: /Index: v\.bin\.hnsw, from an earlier run/ };

  const cut = (size: number) => () => truncateSync(whole, size);
  const damage: [row: string, what: string, act: () => void][] = [
    ['H01', 'is missing', () => room.remove('v.bin.hnsw')],
    ...[0, 1000, bytes.length - 1].map((size): [string, string, () => void] => [
      'H05',
      `is cut to ${size} bytes`,
      cut(size),
    ]),
    ['H05', 'has other bytes', () => writeFileSync(whole, Buffer.from(bytes).fill(0x5a, 2000, 2020))],
    ['H05', 'is nothing but zeros', () => writeFileSync(whole, Buffer.alloc(bytes.length))],
  ];
  it.each(damage)('%s: %s, and is made anew', async (_row, _what, act) => {
    act();
    const makes = /^v\.bin\.hnsw$/;
    await room.expect(ask, { ...answered, says: said.made, changes: beside, makes, keeps: true });
    await room.expect(ask, { ...answered, says: said.kept });
  });

  it('H02: is a folder, which stays', async () => {
    room.remove(...beside);
    mkdirSync(whole);
    await room.expect(ask, { ...answered, says: /not saved \(v\.bin\.hnsw cannot be written/ });
    room.remove('v.bin.hnsw');
  });

  it.each([
    ['null', 'null'],
    ['types', '{"words":"x","dimensions":[],"recall":"\\u001b[31m","k":{},"sample":null}'],
    ['array', '[]'],
    ['esc', '\u001b]0;x\u0007'],
  ])('H03.%s: facts of any kind', async (_name, facts) => {
    writeFileSync(room.path('v.bin.hnsw.json'), facts);
    const makes = /^v\.bin\.hnsw/;
    await room.expect(ask, { ...answered, says: said.made, changes: beside, makes, keeps: true });
  });
});

describe.skipIf(!usearch)(`places where no index can be${without(usearch, 'usearch')}`, () => {
  it('H04: links planted under the temporary names of old', async () => {
    const room = await withVectors();
    room.put('victim', 'precious\n');
    const command = `for end in hnsw.$$.tmp hnsw hnsw.json; do ln -s victim v.bin.$end; done; exec ${ask}`;
    await room.expect(command, { ...answered, makes: /^v\.bin\.hnsw/, keeps: true });
    expect(room.read('victim')).toBe('precious\n');
  });

  it('H15: vectors on a pipe', async () => {
    const room = await withVectors();
    const command = 'w2v nearest /dev/stdin whale -k 3 --index hnsw';
    const says = 'not saved (/dev/stdin is not a file)';
    await room.expect(harmless(`cat v.bin | ${command}`), { ...answered, says });
    await room.expect(harmless(`${command} < v.bin`), { ...answered, says: 'not saved' });
    expect((await room.run('ls /dev/stdin.hnsw /dev/fd/0.hnsw')).code).not.toBe(0);
  });

  it.skipIf(!users)(`H11b: a folder one may not write to${without(users, 'setpriv')}`, async () => {
    const room = await withVectors();
    chmodSync(room.folder, 0o555);
    await room.expect(`${asUser(61_200)} ${ask}`, { ...answered, says: /not saved \(.*no permission/ });
  });
});
