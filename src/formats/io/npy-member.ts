// Reads one array of a .npz while it is decompressed. Its header gives the number of bytes, which bounds the memory.
import { malformedAt, throwIfAborted } from '../../base/errors.ts';
import { allocate } from './allocate.ts';
import { readNpyHeader } from './npy-header.ts';
import type { ZipMember } from './zip-members.ts';

const CHUNK = 1 << 20; // numbers per conversion step

type Numbers = Float64Array | Float32Array | Int32Array;

const numberBytes: Record<string, number> = { '<i4': 4, '<i8': 8, '<f4': 4, '<f8': 8 };
export const wholeNumbers = ['<i4', '<i8'];
export const anyNumbers = Object.keys(numberBytes);

export interface NumberMember {
  /** As NumPy writes it, for example '<f8'. */
  type: string;
  /** Fills `target`, which has the length of the array, and verifies the checksum. */
  fill<T extends Numbers>(target: T, signal: AbortSignal | undefined): Promise<T>;
}

/**
 * Opens a one-dimensional array. Throws `file-malformed` if its type or its length differs from the expected one, or if
 * the archive has more or fewer bytes.
 */
export async function openNumbers(
  member: ZipMember,
  length: number,
  types: readonly string[] = wholeNumbers,
): Promise<NumberMember> {
  const header = await readNpyHeader(member.read, member.where);
  const type = header.descr ?? 'unknown';
  const bytes = numberBytes[type] ?? 0;
  if (!types.includes(type)) {
    throw malformedAt(member.where, `numbers of type ${type}, expected one of ${types.join(' ')}`);
  }
  if (header.shape?.length !== 1 || header.shape[0] !== length) {
    throw malformedAt(member.where, `an array of shape ${header.tuple}, expected (${length},)`);
  }
  const observed = member.bytes - header.length;
  if (observed !== length * bytes) {
    throw malformedAt(member.where, `${observed} bytes of numbers, expected ${length * bytes}`);
  }
  return {
    type,
    async fill(target, signal) {
      const buffer = new ArrayBuffer(bytes * Math.min(CHUNK, length));
      for (let first = 0; first < length; first += CHUNK) {
        throwIfAborted(signal);
        const count = Math.min(CHUNK, length - first);
        await readFully(member, new Uint8Array(buffer, 0, count * bytes));
        convert(type, buffer, target, first, count, member.where);
      }
      await member.end();
      return target;
    },
  };
}

/** The text of an array with a single ASCII string, stored as bytes or as UTF-32. */
export async function readText(member: ZipMember): Promise<string> {
  const { descr, tuple, shape, length } = await readNpyHeader(member.read, member.where);
  const [, kind, digits] = /^[<|]([SU])(\d{1,2})$/.exec(descr ?? '') ?? [];
  const size = Number(digits) * (kind === 'U' ? 4 : 1);
  if (kind === undefined || shape?.length !== 0 || member.bytes !== length + size) {
    throw malformedAt(
      member.where,
      `an array of type ${descr ?? 'unknown'} and shape ${tuple}, expected one short text`,
    );
  }
  const bytes = new Uint8Array(size);
  await readFully(member, bytes);
  await member.end();
  return Buffer.from(bytes).toString('latin1').replaceAll('\0', '');
}

async function readFully(member: ZipMember, bytes: Uint8Array): Promise<void> {
  const got = await member.read(bytes, 0, bytes.length);
  if (got < bytes.length) throw malformedAt(member.where, 'unexpected end of data');
}

function convert(
  type: string,
  buffer: ArrayBuffer,
  target: Numbers,
  first: number,
  count: number,
  where: string,
): void {
  if (type === '<f8') target.set(new Float64Array(buffer, 0, count), first);
  else if (type === '<f4') target.set(new Float32Array(buffer, 0, count), first);
  else if (type === '<i4') target.set(new Int32Array(buffer, 0, count), first);
  else {
    const halves = new Int32Array(buffer, 0, 2 * count);
    // Whole numbers beyond 2^53 are rounded, which is harmless: no column or count is that large.
    for (let k = 0; k < count; k++) {
      const value = (halves[2 * k] >>> 0) + halves[2 * k + 1] * 2 ** 32;
      target[first + k] = value;
      if (target instanceof Int32Array && target[first + k] !== value) {
        throw malformedAt(where, `number ${first + k + 1} is ${value}, expected at most ${2 ** 31 - 1}`);
      }
    }
  }
}

/** Allocates room for the numbers. Throws `out-of-memory`. */
export function room<T extends Numbers>(
  kind: { new (length: number): T; BYTES_PER_ELEMENT: number },
  length: number,
): T {
  return allocate('the matrix', length * kind.BYTES_PER_ELEMENT, () => new kind(length));
}
