// One saved state as a file, in the byte order of the machine:
//
//   'w2v-ckpt', length of the header (uint32, little-endian), SHA-256 of the header
//   header, JSON
//   the arrays, one after another; SHA-256 of them all
//
// So a damaged header is known before anything is taken from it, and sizes before memory is taken for them.
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { type Identity, identityShape } from './identity.ts';
import type { ByteSink } from './output.ts';
import { openRegular } from './regular-file.ts';
import { sha256Of } from './sha256.ts';
import { fieldsOf, finite, natural, type Shape, text } from './shape.ts';

export type StateArrays = Record<string, Float32Array | Float64Array>;

interface ArrayMaker<Numbers> {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): Numbers;
}

/** What states of one kind of work hold: facts of any shape, as JSON, and named arrays of any length. */
export interface StateKind<Facts, Arrays extends StateArrays> {
  /** Raise it with each change of what the facts or the arrays mean. */
  format: number;
  facts: Record<keyof Facts, Shape>;
  arrays: { readonly [Name in keyof Arrays]: ArrayMaker<Arrays[Name]> };
  /** What in a header of the right shape contradicts itself. */
  misfit(header: StateHeader<Facts, Arrays>): string | undefined;
}

export type StateHeader<Facts, Arrays extends StateArrays> = Facts & {
  format: number;
  /** ISO 8601 */
  savedAt: string;
  /** One more with each state of a folder. */
  sequence: number;
  identity: Identity;
  /** Lengths. */
  arrays: Record<keyof Arrays, number>;
};

/** Why a file is not taken for a state. */
export class DamagedState extends Error {}

const MAGIC = Buffer.from('w2v-ckpt');
const HASH = 32;
const FIXED = MAGIC.length + 4 + HASH;
const PIECE = 1 << 22; // bytes

export async function writeState<Facts, Arrays extends StateArrays>(
  sink: ByteSink,
  kind: StateKind<Facts, Arrays>,
  header: StateHeader<Facts, Arrays>,
  arrays: Arrays,
): Promise<void> {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  await sink.write(Buffer.concat([MAGIC, length, Buffer.from(sha256Of(json), 'hex'), json]));
  const hash = createHash('sha256');
  for (const piece of pieces(kind, arrays)) {
    hash.update(piece);
    await sink.write(piece);
  }
  await sink.write(hash.digest());
}

/** Throws DamagedState, or system errors. A header of another format has a `format` and whatever else. */
export function readHeader<Facts, Arrays extends StateArrays>(path: string, kind: StateKind<Facts, Arrays>) {
  return reading(path, async (file) => (await headerOf(file, kind)).header);
}

/** Throws DamagedState, or system errors. */
export function readArrays<Facts, Arrays extends StateArrays>(path: string, kind: StateKind<Facts, Arrays>) {
  return reading(path, async (file) => {
    const { header, end } = await headerOf(file, kind);
    const made = Object.entries<ArrayMaker<unknown>>(kind.arrays).map(([name, Numbers]) => {
      return [name, new Numbers(header.arrays[name])];
    });
    const arrays: Arrays = Object.fromEntries(made);
    const hash = createHash('sha256');
    let at = end;
    for (const piece of pieces(kind, arrays)) {
      await readAt(file, piece, at);
      hash.update(piece);
      at += piece.length;
    }
    const sum = new Uint8Array(HASH);
    await readAt(file, sum, at);
    if (!hash.digest().equals(sum)) throw new DamagedState('its SHA-256 is wrong');
    return arrays;
  });
}

async function reading<Result>(path: string, read: (file: FileHandle) => Promise<Result>): Promise<Result> {
  const file = await openRegular(path);
  try {
    return await read(file);
  } finally {
    await file.close();
  }
}

function* pieces<Arrays extends StateArrays>(
  { arrays: order }: Pick<StateKind<unknown, Arrays>, 'arrays'>,
  arrays: Arrays,
): Generator<Uint8Array, void, void> {
  for (const name of Object.keys(order)) {
    const { buffer, byteOffset, byteLength } = arrays[name];
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
  }
}

async function headerOf<Facts, Arrays extends StateArrays>(file: FileHandle, kind: StateKind<Facts, Arrays>) {
  const { size: found } = await file.stat();
  const fixed = Buffer.alloc(FIXED);
  await readAt(file, fixed, 0);
  const length = fixed.readUInt32LE(MAGIC.length);
  if (!fixed.subarray(0, MAGIC.length).equals(MAGIC)) throw new DamagedState('it is not a checkpoint');
  if (FIXED + length > found) throw new DamagedState('it ends early');
  const json = Buffer.alloc(length);
  await readAt(file, json, FIXED);
  if (sha256Of(json) !== fixed.subarray(MAGIC.length + 4).toString('hex')) {
    throw new DamagedState('its header is damaged');
  }
  const header = parseHeader(json.toString(), kind);
  const end = FIXED + length;
  if (header.format === kind.format) {
    let size = end + HASH;
    for (const [name, { BYTES_PER_ELEMENT }] of Object.entries<ArrayMaker<unknown>>(kind.arrays)) {
      size += BYTES_PER_ELEMENT * header.arrays[name];
    }
    if (found !== size) throw new DamagedState(`it has ${found} of ${size} bytes`);
  }
  return { header, end };
}

const anyFormat = fieldsOf({ format: finite });

/** Throws DamagedState: its hash proves that all of it is there, not who wrote it. */
function parseHeader<Facts, Arrays extends StateArrays>(
  json: string,
  kind: StateKind<Facts, Arrays>,
): StateHeader<Facts, Arrays> {
  const wrong = (why: string) => new DamagedState(`its header is wrong: ${why}`);
  let header: StateHeader<Facts, Arrays>;
  try {
    header = JSON.parse(json);
  } catch {
    throw wrong('it is not JSON');
  }
  const arrays = fieldsOf(Object.fromEntries(Object.keys(kind.arrays).map((name) => [name, natural])));
  const shape = fieldsOf({ savedAt: text, sequence: natural, identity: identityShape, arrays, ...kind.facts });
  const misfit =
    anyFormat(header, '') ?? (header.format === kind.format ? (shape(header, '') ?? kind.misfit(header)) : undefined);
  if (misfit !== undefined) throw wrong(misfit);
  return header;
}

async function readAt(file: FileHandle, target: Uint8Array, position: number): Promise<void> {
  for (let got = 0; got < target.length; ) {
    const { bytesRead } = await file.read(target, got, target.length - got, position + got);
    if (bytesRead === 0) throw new DamagedState('it ends early');
    got += bytesRead;
  }
}
