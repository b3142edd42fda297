// Checks the structure of a stored HNSW graph before usearch opens it: native code follows the positions and numbers of
// neighbours in it without checks, and whoever gave the file can have given its hash too. Layout (usearch 2.x,
// index_dense.hpp and index.hpp, little-endian): rows, bytes per row (2 x uint32); the rows; a head of 64 bytes; size,
// connectivity, base connectivity, highest level, entry (5 x uint64); a level per node (int16); the nodes, each a key
// (uint64), its level (int16) and for each level 0 .. its own the number of neighbours and room for all (uint32).
import { type FileHandle, open } from 'node:fs/promises';
import { throwIfAborted } from '../errors.ts';

/** Neighbours of a node in the levels above 0; in level 0 twice as many. */
export const CONNECTIVITY = 16;
const BASE = 2 * CONNECTIVITY;

const HEAD = Buffer.from('usearch');
const KINDS = Buffer.from([0x63, 11, 14, 15]); // cosine, float32, uint64 keys, uint32 positions
const HEAD_BYTES = 64;
const GRAPH_HEAD_BYTES = 40;
const NODE_HEAD_BYTES = 10;
const PIECE = 1 << 20; // bytes per read

export interface GraphShape {
  /** V: keys are rows of the matrix, 0 .. V-1. */
  words: number;
  /** D */
  dimensions: number;
}

/** Whether every position, level and count in the file is within its bounds. Throws system errors, `interrupted`. */
export async function isSoundGraph(path: string, shape: GraphShape, signal?: AbortSignal): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    return await check(file, (await file.stat()).size, shape, signal);
  } finally {
    await file.close();
  }
}

async function check(
  file: FileHandle,
  bytes: number,
  { words, dimensions }: GraphShape,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const read = reader(file, bytes, signal);
  const matrix = await read(0, 8);
  const size = matrix?.readUInt32LE(0) ?? 0;
  if (size === 0 || size > words || matrix!.readUInt32LE(4) !== 4 * dimensions) return false;
  const headAt = 8 + size * 4 * dimensions;
  const head = await read(headAt, HEAD_BYTES + GRAPH_HEAD_BYTES);
  if (head === undefined || !head.subarray(0, 7).equals(HEAD) || !head.subarray(13, 17).equals(KINDS)) return false;
  const number = (at: number) => Number(head.readBigUInt64LE(at));
  if (number(17) !== size || number(25) !== 0 || number(33) !== dimensions || head[41] !== 0) return false;
  const [nodes, connectivity, base, highest, entry] = [0, 8, 16, 24, 32].map((at) => number(HEAD_BYTES + at));
  if (nodes !== size || connectivity !== CONNECTIVITY || base !== BASE || entry! >= size) return false;

  const levelsAt = headAt + HEAD_BYTES + GRAPH_HEAD_BYTES;
  if (levelsAt + 2 * size > bytes) return false; // before memory for the levels is taken
  const levels = new Int16Array(size);
  for (let from = 0; from < size; from += PIECE / 2) {
    const piece = await read(levelsAt + 2 * from, Math.min(PIECE, 2 * (size - from)));
    for (let at = 0; 2 * at < piece!.length; at++) levels[from + at] = piece!.readInt16LE(2 * at);
  }
  if (highest! > 32 || levels[entry!] !== highest) return false;
  let at = levelsAt + 2 * size;
  for (const level of levels) {
    if (level < 0 || level > highest!) return false;
    const length = nodeBytes(level);
    const node = await read(at, length);
    if (node === undefined || !isSoundNode(node, level, levels, words)) return false;
    at += length;
  }
  return at === bytes;
}

function nodeBytes(level: number): number {
  return NODE_HEAD_BYTES + 4 * (1 + BASE) + level * 4 * (1 + CONNECTIVITY);
}

/** A neighbour in a level must be a node that has this level. */
function isSoundNode(node: Buffer, ownLevel: number, levels: Int16Array, words: number): boolean {
  if (node.readUInt32LE(4) !== 0 || node.readUInt32LE(0) >= words || node.readInt16LE(8) !== ownLevel) return false;
  let at = NODE_HEAD_BYTES;
  for (let level = 0; level <= ownLevel; level++) {
    const room = level === 0 ? BASE : CONNECTIVITY;
    const count = node.readUInt32LE(at);
    if (count > room) return false;
    for (let neighbor = 1; neighbor <= count; neighbor++) {
      const levelThere = levels[node.readUInt32LE(at + 4 * neighbor)];
      if (levelThere === undefined || levelThere < level) return false;
    }
    at += 4 * (1 + room);
  }
  return true;
}

/**
 * Reads `length` (at most a piece) bytes at `position`, from a buffer as long as it has them; undefined past the end.
 */
function reader(file: FileHandle, bytes: number, signal: AbortSignal | undefined) {
  const buffer = Buffer.alloc(PIECE);
  let start = 0;
  let end = 0;
  return async (position: number, length: number): Promise<Buffer | undefined> => {
    if (position + length > bytes) return undefined;
    if (position < start || position + length > end) {
      throwIfAborted(signal);
      start = position;
      end = position;
      while (end < position + length) {
        const { bytesRead } = await file.read(buffer, end - start, PIECE - (end - start), end);
        if (bytesRead === 0) return undefined;
        end += bytesRead;
      }
    }
    return buffer.subarray(position - start, position - start + length);
  };
}
