// ZIP archives as other programs write them, and as they shouldn't: each field of a member may lie.
import { crc32, deflateRawSync } from 'node:zlib';
import { npyHeader } from '../../src/formats/io/npy-header.ts';

export interface Member {
  name: string;
  content: Uint8Array;
  deflate?: boolean;
  /** What the directory says instead of the truth. */
  says?: { size?: number; packed?: number; method?: number; flags?: number; offset?: number; extra?: Uint8Array };
}

export function zipOf(members: readonly Member[], count = members.length): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, deflate = false, says = {} } of members) {
    const bytes = deflate ? deflateRawSync(content) : Buffer.from(content);
    const extra = Buffer.from(says.extra ?? []);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(says.flags ?? 0, 2);
    common.writeUInt16LE(says.method ?? (deflate ? 8 : 0), 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(says.packed ?? bytes.length, 14);
    common.writeUInt32LE(says.size ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name)]);
    common.writeUInt16LE(extra.length, 24);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(says.offset ?? offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, Buffer.from(name), extra);
    parts.push(local, bytes);
    offset += local.length + bytes.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

/** A member that holds an array; `shape` if it is not the array's own. */
export function npyMember(
  name: string,
  descr: string,
  values: readonly number[] | string,
  shape: number[] = typeof values === 'string' ? [] : [values.length],
): Member {
  const array =
    typeof values === 'string'
      ? Buffer.from(values)
      : descr === '<f4'
        ? Float32Array.from(values)
        : descr === '<f8'
          ? Float64Array.from(values)
          : descr === '<i8'
            ? BigInt64Array.from(values, BigInt)
            : Int32Array.from(values);
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  return { name: `${name}.npy`, content: Buffer.concat([npyHeader(descr, shape), bytes]) };
}

/** The members of a matrix as scipy saves it. */
export function csrMembers(
  shape: readonly number[],
  indptr: readonly number[],
  indices: readonly number[],
  data: readonly number[],
): Record<'indices' | 'indptr' | 'format' | 'shape' | 'data', Member> {
  return {
    indices: npyMember('indices', shape[1] > 2 ** 31 ? '<i8' : '<i4', indices),
    indptr: npyMember('indptr', '<i4', indptr),
    format: npyMember('format', '|S3', 'csr'),
    shape: npyMember('shape', '<i8', shape),
    data: npyMember('data', '<f4', data),
  };
}
