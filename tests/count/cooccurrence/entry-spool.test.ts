// Counts in any order are packed as those in order, within the memory limit.
import { expect, test } from 'vitest';
import { createRandom } from '../../../src/base/random.ts';
import { openEntrySpool } from '../../../src/count/cooccurrence/entry-spool.ts';
import { packRows } from '../../../src/count/cooccurrence/pack-rows.ts';

const V = 200;
const partRows = [0, 3, 50, 50, 120, V];
const settings = { directional: false, memory: 1e6, temporaryDirectory: undefined };

async function collected(pieces: AsyncIterable<{ part: number; bytes: Uint8Array }>) {
  const parts = new Map<number, number[]>();
  for await (const { part, bytes } of pieces) parts.set(part, [...(parts.get(part) ?? []), ...bytes]);
  return parts;
}

test('all pairs, shuffled', async () => {
  const random = createRandom(1);
  const pairs: [number, number, number][] = [];
  for (let row = 0; row < V; row++) {
    for (let column = row; column < V; column++) pairs.push([row, column, 1 + row * 2 ** 40 + column]);
  }
  const sorted = packRows(partRows, V, false);
  for (const pair of pairs) sorted.add(...pair);
  for (let at = pairs.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    [pairs[at], pairs[other]] = [pairs[other], pairs[at]];
  }
  const spool = openEntrySpool(partRows, settings);
  for (const pair of pairs) spool.add(...pair);
  const packed = await collected(spool.pieces());
  spool.close();
  const expected = new Map<number, number[]>();
  for (const { part, bytes } of sorted.pieces()) expected.set(part, [...(expected.get(part) ?? []), ...bytes]);
  expect(packed).toEqual(expected);
});

test('a pair that comes twice, a part that is too large, and a signal', async () => {
  const twice = openEntrySpool(partRows, settings);
  for (const units of [1, 2]) twice.add(7, 9, units);
  await expect(collected(twice.pieces())).rejects.toThrow(/each pair once/);
  await expect(collected(twice.pieces(AbortSignal.abort()))).rejects.toMatchObject({ code: 'interrupted' });
  twice.close();
  const large = openEntrySpool(partRows, settings);
  for (let left = 11e6; left > 0; left--) large.add(7, 9, 1);
  await expect(collected(large.pieces())).rejects.toMatchObject({ code: 'out-of-memory' });
  large.close();
});
