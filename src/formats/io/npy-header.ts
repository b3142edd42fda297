// Reads and writes the header of NumPy's .npy format (numpy.lib.format, versions 1 to 3): a Python literal with type,
// order and shape.

import { malformedAt } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';
import type { Read } from '../../files/chunks.ts';

const MAGIC = '\x93NUMPY';
const LONGEST_HEADER = 1 << 16;

export interface NpyHeader {
  /** As NumPy writes it, for example '<f8'; undefined if missing. */
  descr: string | undefined;
  /** The shape as written, for messages: (2, 3). */
  tuple: string;
  /** Undefined if the shape is not a tuple of whole numbers. */
  shape: number[] | undefined;
  /** Column-major (Fortran) order. */
  byColumns: boolean;
  /** Bytes before the numbers. */
  length: number;
}

/** Whether the content starts like a .npy file. */
export function looksLikeNpy(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, MAGIC.length)).toString('latin1') === MAGIC;
}

/** Reads up to the numbers. Throws `file-malformed` at `where`. */
export async function readNpyHeader(read: Read, where: string): Promise<NpyHeader> {
  const start = Buffer.alloc(12);
  const got = await read(start, 0, 8);
  if (got < 8 || !looksLikeNpy(start)) throw malformedAt(where, 'not a NumPy array');
  const major = start[6];
  if (major < 1 || major > 3) {
    throw malformedAt(where, `version ${major} of the .npy format, expected 1 to 3`, 'save it again with numpy.save');
  }
  const preamble = major === 1 ? 10 : 12;
  await read(start, 8, preamble - 8);
  const length = major === 1 ? start.readUInt16LE(8) : start.readUInt32LE(8);
  if (length > LONGEST_HEADER)
    throw malformedAt(where, `a header of ${length} bytes, expected at most ${LONGEST_HEADER}`);
  const header = Buffer.alloc(length);
  const follow = await read(header, 0, length);
  if (follow < length) throw malformedAt(where, `a header of ${length} bytes, but ${follow} follow`);
  const text = header.toString('latin1');
  const numbers = /'shape': *\(([\d, ]*)\)/.exec(text)?.[1];
  const descr = /'descr': *'([^']*)'/.exec(text)?.[1];
  return {
    descr: descr && quotable(descr),
    tuple: quotable(/'shape': *(\([^)]*\))/.exec(text)?.[1] ?? 'unknown'),
    shape: numbers === undefined ? undefined : (numbers.match(/\d+/g) ?? []).map(Number),
    byColumns: /'fortran_order': *True/.test(text),
    length: preamble + length,
  };
}

/** The header of a row-major array; `descr` as NumPy writes it; shape as [rows, columns], [] for a single value. */
export function npyHeader(descr: string, shape: number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const padding = (64 - ((10 + text.length + 1) % 64)) % 64;
  const header = Buffer.alloc(10 + text.length + padding + 1, ' ');
  header.write(`${MAGIC}\x01\x00`, 0, 'latin1');
  header.writeUInt16LE(text.length + padding + 1, 8);
  header.write(text, 10, 'latin1');
  header.write('\n', header.length - 1, 'latin1');
  return header;
}
