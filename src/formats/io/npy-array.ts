// One array in NumPy's .npy format (version 1.0), the parts of a .npz: a short text header, then the numbers.
import { malformed } from './malformed.ts';

export type NumberArray = Float64Array | Float32Array | Int32Array | BigInt64Array | Uint8Array;

/** The bytes before the numbers: `descr` as NumPy writes it, '<f8'; shape as [rows, columns], [] for one value. */
export function npyHeader(descr: string, shape: number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const padding = (64 - ((10 + text.length + 1) % 64)) % 64;
  const header = Buffer.alloc(10 + text.length + padding + 1, ' ');
  header.write('\x93NUMPY\x01\x00', 0, 'latin1');
  header.writeUInt16LE(text.length + padding + 1, 8);
  header.write(text, 10, 'latin1');
  header.write('\n', header.length - 1, 'latin1');
  return header;
}

const types: Record<string, { bytes: number; view: (data: ArrayBuffer) => NumberArray }> = {
  '<f8': { bytes: 8, view: (data) => new Float64Array(data) },
  '<f4': { bytes: 4, view: (data) => new Float32Array(data) },
  '<i8': { bytes: 8, view: (data) => new BigInt64Array(data) },
  '<i4': { bytes: 4, view: (data) => new Int32Array(data) },
  '|S3': { bytes: 3, view: (data) => new Uint8Array(data) },
};

/** Parses a .npy array; `where` names it in errors. Throws `file-malformed`. */
export function parseNpy(bytes: Uint8Array, where: string): { array: NumberArray; shape: number[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || Buffer.from(bytes.subarray(0, 6)).toString('latin1') !== '\x93NUMPY') {
    throw malformed(where, 'no NumPy array');
  }
  const start = bytes[6] === 1 ? 10 : 12;
  const length = start === 10 ? view.getUint16(8, true) : view.getUint32(8, true);
  const text = Buffer.from(bytes.subarray(start, start + length)).toString('latin1');
  const [, descr] = /'descr': *'([^']*)'/.exec(text) ?? [];
  const [, tuple] = /'shape': *\(([\d, ]*)\)/.exec(text) ?? [];
  const type = descr === undefined ? undefined : types[descr];
  if (!type || tuple === undefined) {
    throw malformed(where, `an array of type ${descr ?? '?'}, expected one of ${Object.keys(types).join(' ')}`);
  }
  const shape = tuple
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const expected = shape.reduce((product, side) => product * side, 1) * type.bytes;
  const observed = bytes.length - start - length;
  if (observed !== expected) throw malformed(where, `${observed} bytes of numbers, expected ${expected}`);
  const data = new ArrayBuffer(expected); // a copy: numbers must lie on a multiple of their size
  new Uint8Array(data).set(bytes.subarray(start + length));
  return { array: type.view(data), shape };
}
