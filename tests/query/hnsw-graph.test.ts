// Graphs that someone has made, with the right hash: native code would follow what is in them anywhere in memory.
import { createHash } from 'node:crypto';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { stampOf } from '../../src/files/side-file.ts';
import { openHnsw } from '../../src/query/hnsw.ts';
import { hnswBeside } from '../../src/query/hnsw-file.ts';
import { isSoundGraph } from '../../src/query/hnsw-graph.ts';
import { createRandom } from '../../src/random.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

const { file } = temporaryFolder();
const random = createRandom(7);
const [V, D] = [1500, 8];
const vectors = {
  words: Array.from({ length: V }, (_, i) => `w${i}`),
  matrix: Float32Array.from({ length: V * D }, () => random.normal()),
  dimensions: D,
};
const shape = { words: V, dimensions: D };
const name = file('v.bin', 'stands for the vectors');
const graph = `${name}.hnsw`;
const open = async () => hnswBeside(name, await stampOf(name), vectors, { threads: 1 });
let sound: Buffer;
beforeAll(async () => {
  await open();
  sound = readFileSync(graph);
});

const head = 8 + V * 4 * D;
const levels = head + 64 + 40;
const nodes = levels + 2 * V;
/** Node 0 is in level 0 at least: its key, level, count, first neighbour. */
const [key, level, count, neighbor] = [nodes, nodes + 8, nodes + 10, nodes + 14];

const changes: [what: string, change: (bytes: Buffer) => unknown][] = [
  ['a neighbour far outside', (bytes) => bytes.writeUInt32LE(0x7fff_ffff, neighbor)],
  ['a neighbour just outside', (bytes) => bytes.writeUInt32LE(V, neighbor)],
  ['more neighbours than there is room for', (bytes) => bytes.writeUInt32LE(33, count)],
  ['a key that is no row', (bytes) => bytes.writeUInt32LE(V, key)],
  ['a huge key', (bytes) => bytes.writeUInt32LE(1, key + 4)],
  ['another level in the node', (bytes) => bytes.writeInt16LE(bytes.readInt16LE(level) + 1, level)],
  ['another level in the list', (bytes) => bytes.writeInt16LE(bytes.readInt16LE(levels) + 1, levels)],
  ['a level below 0', (bytes) => bytes.writeInt16LE(-1, levels)],
  ['an entry outside', (bytes) => bytes.writeBigUInt64LE(BigInt(V), head + 64 + 32)],
  ['an entry that is not in the highest level', (bytes) => bytes.writeBigUInt64LE(9n, head + 64 + 24)],
  ['more nodes than rows', (bytes) => bytes.writeBigUInt64LE(BigInt(V + 1), head + 64)],
  ['another connectivity', (bytes) => bytes.writeBigUInt64LE(1n << 40n, head + 64 + 8)],
  ['more rows than the file has', (bytes) => bytes.writeUInt32LE(V + 1, 0)],
  ['longer rows', (bytes) => bytes.writeUInt32LE(4 * D + 4, 4)],
  ['other dimensions', (bytes) => bytes.writeBigUInt64LE(1n << 50n, head + 33)],
  ['numbers of another kind', (bytes) => bytes.writeUInt8(10, head + 14)],
];

describe('a graph with the right hash', () => {
  it('is opened if it is sound', async () => {
    expect(await isSoundGraph(graph, shape)).toBe(true);
    expect((await open()).made).toBe(false);
  });

  it.each(changes)('is made again if it has %s', async (_what, change) => {
    const bytes = Buffer.from(sound);
    change(bytes);
    expect(bytes.equals(sound)).toBe(false);
    writeFileSync(graph, bytes);
    expect(await isSoundGraph(graph, shape)).toBe(false);
    const facts = JSON.parse(readFileSync(`${graph}.json`, 'utf8'));
    facts.graph = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    writeFileSync(`${graph}.json`, JSON.stringify(facts));
    expect((await open()).made).toBe(true);
    expect((await open()).made).toBe(false);
  });

  it.each([0, 7, head, head + 70, levels + 5, nodes + 3, -1])('is not sound if it is cut at %i', async (at) => {
    writeFileSync(graph, sound);
    truncateSync(graph, at < 0 ? sound.length + at : at);
    expect(await isSoundGraph(graph, shape)).toBe(false);
    writeFileSync(graph, sound);
  });

  it('is not sound for fewer words', async () => {
    expect(await isSoundGraph(graph, { ...shape, words: V - 1 })).toBe(false);
  });
});

// A crash would end this process, which is a failure too.
it('what is taken for sound after random damage is safe to search', async () => {
  const draw = createRandom(11);
  let taken = 0;
  for (let turn = 0; turn < 300; turn++) {
    const bytes = Buffer.from(sound);
    // Rows may hold any numbers: only the graph after them is damaged.
    for (let times = 0; times < 2; times++) {
      const at = head + draw.below(bytes.length - head - 8);
      bytes.writeUInt32LE([0, 1, 2, V - 1, V, 0xffff_ffff, draw.below(V)][draw.below(7)]!, at);
    }
    writeFileSync(graph, bytes);
    if (!(await isSoundGraph(graph, shape))) continue;
    taken++;
    const index = await openHnsw(graph, D);
    index?.candidates([Float64Array.from({ length: D }, () => draw.normal())], 10);
  }
  writeFileSync(graph, sound);
  expect(taken).toBeGreaterThan(0);
  expect(taken).toBeLessThan(300);
});
