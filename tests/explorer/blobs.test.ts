import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { addBlob, type Blobs } from '../../src/explorer/blobs.ts';

it('lists stand in the order in which they were added, however long each takes to compress', async () => {
  const blobs: Blobs = new Map();
  const long = Float64Array.from({ length: 300_000 }, (_, at) => Math.sin(at));
  await Promise.all([addBlob(blobs, 'pair-overlap', long), addBlob(blobs, 'pair-rows', ['short'])]);
  expect([...blobs.keys()]).toEqual(['pair-overlap', 'pair-rows']);
  expect(String(gunzipSync(blobs.get('pair-rows')!))).toBe('["short"]');
});
