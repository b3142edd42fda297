// The approximate index in the cache, damaged, missing or in a place where it cannot be; nothing is read or written
// beside the vectors (rows H*).
import { chmodSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { saveVectors } from '../../src/formats/save.ts';
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
const answered = { exit: 0, answers: /^whale(\n {2}w\d+ +\d\.\d+){3}\n$/, makes: [] } as const;
const said = { made: /Index: built in .*, kept in the cache/, kept: /Index: from the cache/ };

describe.skipIf(!usearch)(`the index in the cache${without(usearch, 'usearch')}`, async () => {
  const room = await withVectors();
  await room.run(ask);
  const [entry] = readdirSync(join(room.cache, 'index'));
  const folder = join(room.cache, 'index', entry!);
  const graph = join(folder, 'graph.usearch');
  const facts = join(folder, 'made.json');

  const cut = (size: number) => () => truncateSync(graph, size);
  const damage: [row: string, what: string, act: () => void][] = [
    ['H01', 'is missing', () => rmSync(graph)],
    ...[0, 1000, 90_000].map((size): [string, string, () => void] => ['H05', `is cut to ${size} bytes`, cut(size)]),
    ['H05', 'is nothing but zeros', () => writeFileSync(graph, Buffer.alloc(100_000))],
    [
      'H02',
      'is a folder',
      () => {
        rmSync(graph);
        mkdirSync(graph);
      },
    ],
    ['H03.null', 'has facts of any kind', () => writeFileSync(facts, 'null')],
    [
      'H03.types',
      'has facts of any kind',
      () => writeFileSync(facts, '{"words":"x","dimensions":[],"recall":"\\u001b[31m","k":{},"sample":null}'),
    ],
    ['H03.array', 'has facts of any kind', () => writeFileSync(facts, '[]')],
    ['H03.esc', 'has facts of any kind', () => writeFileSync(facts, '\u001b]0;x\u0007')],
  ];
  it.each(damage)('%s: %s, and is made anew', async (_row, _what, act) => {
    act();
    await room.expect(ask, { ...answered, says: said.made });
    await room.expect(ask, { ...answered, says: said.kept });
  });
});

describe.skipIf(!usearch)(`places where no index can be${without(usearch, 'usearch')}`, () => {
  it('H04: what somebody sent beside the vectors is not read', async () => {
    const room = await withVectors();
    for (const end of ['hnsw', 'hnsw.json']) room.put(`v.bin.${end}`, '{}');
    await room.expect(ask, { ...answered, says: said.made });
    expect([room.read('v.bin.hnsw'), room.read('v.bin.hnsw.json')]).toEqual(['{}', '{}']);
  });

  it('H15: vectors on a pipe', async () => {
    const room = await withVectors();
    const command = 'w2v nearest /dev/stdin whale -k 3 --index hnsw';
    const made = { ...answered, says: 'Index: built in ' }; // kept only where the cache is that user's
    await room.expect(harmless(`cat v.bin | ${command}`), made);
    rmSync(join(room.cache, 'index'), { recursive: true, force: true });
    await room.expect(harmless(`${command} < v.bin`), made);
  });

  it('H06: a cache that others may write to', async () => {
    const room = await withVectors();
    chmodSync(room.cache, 0o777);
    for (let time = 0; time < 2; time++)
      await room.expect(ask, { ...answered, says: /built in .*, not kept \(.* can be written to by any user\)/ });
  });

  it.skipIf(!users)(`H11b: a cache one may not write to${without(users, 'setpriv')}`, async () => {
    const room = await withVectors();
    await room.expect(`${asUser(61_200)} ${ask}`, { ...answered, says: /not kept \(.*no permission/ });
  });
});
