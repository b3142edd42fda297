// One checkpoint as a file, in the byte order of the machine (which its header names):
//
//   'w2v-ckpt', length of the header (uint32, little-endian), SHA-256 of the header
//   header, JSON
//   input and output matrix, (V, D) float32 each (with subwords the input has more rows); position, float64
//   SHA-256 of the three
//
// So a damaged header is known before anything is taken from it, and sizes before memory is taken for them.
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { type Identity, identityShape } from '../../files/identity.ts';
import type { ByteSink } from '../../files/output.ts';
import { openRegular } from '../../files/regular-file.ts';
import { sha256Of } from '../../files/sha256.ts';
import { amount, amounts, fieldsOf, finite, isNatural, natural, optional, text } from '../../files/shape.ts';
import type { Tally } from '../tally.ts';

/** Raise it with each change of what the header or the sections mean. */
export const FORMAT = 1;

export interface CheckpointHeader {
  format: number;
  /** ISO 8601 */
  savedAt: string;
  /** One more with each checkpoint of a folder. */
  sequence: number;
  identity: Identity;
  /** Of the whole training, and words of one epoch. */
  epochs: number;
  tokens: number;
  /** Seconds of training until then. */
  seconds: number;
  tally: Omit<Tally, 'loss' | 'examples'> & { loss: number[]; examples: number[] };
  /** V */
  rows: number;
  /** Rows of the input matrix, where they are not V: with subwords those of the n-grams come after the words'. */
  inputRows?: number;
  dimensions: number;
  /** Numbers of the engine's position. */
  positions: number;
}

export interface CheckpointBody {
  /** (V, D) each; with subwords (V + N, D), the input */
  input: Float32Array;
  output: Float32Array;
  position: Float64Array;
}

/** Why a file is not taken for a checkpoint. */
export class DamagedCheckpoint extends Error {}

const MAGIC = Buffer.from('w2v-ckpt');
const HASH = 32;
const FIXED = MAGIC.length + 4 + HASH;
const LONGEST_HEADER = 1 << 24;
const PIECE = 1 << 22; // bytes

const bytesOf = (array: Float32Array | Float64Array) =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

const sectionsOf = ({ input, output, position }: CheckpointBody) => [input, output, position].map(bytesOf);

function* pieces(section: Uint8Array): Generator<Uint8Array, void, void> {
  for (let at = 0; at < section.length; at += PIECE) yield section.subarray(at, at + PIECE);
}

export async function writeCheckpoint(sink: ByteSink, header: CheckpointHeader, body: CheckpointBody): Promise<void> {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  await sink.write(Buffer.concat([MAGIC, length, Buffer.from(sha256Of(text), 'hex'), text]));
  const hash = createHash('sha256');
  for (const section of sectionsOf(body)) {
    for (const piece of pieces(section)) {
      hash.update(piece);
      await sink.write(piece);
    }
  }
  await sink.write(hash.digest());
}

const inputRowsOf = ({ rows, inputRows = rows }: CheckpointHeader): number => inputRows;

/** Throws DamagedCheckpoint, or system errors. */
export async function readHeader(path: string): Promise<CheckpointHeader> {
  const file = await openRegular(path);
  try {
    return (await headerOf(file)).header;
  } finally {
    await file.close();
  }
}

/** Throws DamagedCheckpoint, or system errors. */
export async function readBody(path: string): Promise<CheckpointBody> {
  const file = await openRegular(path);
  try {
    const { header, end } = await headerOf(file);
    const body = {
      input: new Float32Array(inputRowsOf(header) * header.dimensions),
      output: new Float32Array(header.rows * header.dimensions),
      position: new Float64Array(header.positions),
    };
    const hash = createHash('sha256');
    let at = end;
    for (const section of sectionsOf(body)) {
      for (const piece of pieces(section)) {
        await readAt(file, piece, at);
        hash.update(piece);
        at += piece.length;
      }
    }
    const sum = new Uint8Array(HASH);
    await readAt(file, sum, at);
    if (!hash.digest().equals(sum)) throw new DamagedCheckpoint('its SHA-256 is wrong');
    if (!isNatural(body.position[0])) throw new DamagedCheckpoint(`its position is ${body.position[0]}`);
    return body;
  } finally {
    await file.close();
  }
}

async function headerOf(file: FileHandle): Promise<{ header: CheckpointHeader; end: number }> {
  const { size: found } = await file.stat();
  const fixed = Buffer.alloc(FIXED);
  await readAt(file, fixed, 0);
  const length = fixed.readUInt32LE(MAGIC.length);
  if (!fixed.subarray(0, MAGIC.length).equals(MAGIC) || length > LONGEST_HEADER) {
    throw new DamagedCheckpoint('it is not a checkpoint');
  }
  const json = Buffer.alloc(length);
  await readAt(file, json, FIXED);
  if (sha256Of(json) !== fixed.subarray(MAGIC.length + 4).toString('hex')) {
    throw new DamagedCheckpoint('its header is damaged');
  }
  const header = parseHeader(json.toString());
  const end = FIXED + length;
  if (header.format === FORMAT) {
    const numbers = (inputRowsOf(header) + header.rows) * header.dimensions;
    const size = end + 4 * numbers + 8 * header.positions + HASH;
    if (found !== size) throw new DamagedCheckpoint(`it has ${found} of ${size} bytes`);
  }
  return { header, end };
}

const anyFormat = fieldsOf({ format: finite });
const tallyShape = fieldsOf<keyof Tally>({
  words: natural,
  centres: natural,
  loss: amounts,
  examples: amounts,
  worst: amount,
  worstAt: amount,
});
const headerShape = fieldsOf<keyof CheckpointHeader>({
  format: finite,
  savedAt: text,
  sequence: natural,
  identity: identityShape,
  epochs: natural,
  tokens: natural,
  seconds: amount,
  tally: tallyShape,
  rows: natural,
  inputRows: optional(natural),
  dimensions: natural,
  positions: natural,
});

/** Throws DamagedCheckpoint: its hash proves that all of it is there, not who wrote it. */
function parseHeader(json: string): CheckpointHeader {
  const wrong = (why: string) => new DamagedCheckpoint(`its header is wrong: ${why}`);
  let header: CheckpointHeader;
  try {
    header = JSON.parse(json);
  } catch {
    throw wrong('it is not JSON');
  }
  const misfit = anyFormat(header, '') ?? (header.format === FORMAT ? headerShape(header, '') : undefined);
  if (misfit !== undefined) throw wrong(misfit);
  if (header.format !== FORMAT) return header;
  const { epochs, tokens, tally, rows, dimensions, identity } = header;
  if (tally.words > epochs * tokens) throw wrong(`${tally.words} words of ${epochs * tokens} are trained`);
  if (tally.loss.length !== epochs || tally.examples.length !== epochs) {
    throw wrong(`the losses are of ${tally.loss.length} epochs, expected ${epochs}`);
  }
  if (identity.vocabulary !== rows || identity.dim !== dimensions) {
    throw wrong(`matrices of ${rows} x ${dimensions} do not fit its settings`);
  }
  return header;
}

async function readAt(file: FileHandle, target: Uint8Array, position: number): Promise<void> {
  for (let got = 0; got < target.length; ) {
    const { bytesRead } = await file.read(target, got, target.length - got, position + got);
    if (bytesRead === 0) throw new DamagedCheckpoint('it ends early');
    got += bytesRead;
  }
}
