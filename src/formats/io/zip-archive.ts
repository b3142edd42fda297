// As much of the ZIP format as .npz needs (PKWARE's APPNOTE 6.3.10): members stored when writing, stored or deflated when
// reading, with the 64-bit sizes and offsets that large arrays take.

import type { FileHandle } from 'node:fs/promises';
import { crc32, inflateRawSync } from 'node:zlib';
import type { ByteSink } from '../../files/output.ts';
import { malformed } from './malformed.ts';

export interface ZipMember {
  name: string;
  /** The content, in pieces. */
  pieces: Uint8Array[];
}

const STEP = 1 << 24;

/** Writes an archive of stored members. The same members give the same bytes: the date is fixed to 1980. */
export async function writeZip(members: ZipMember[], sink: ByteSink): Promise<void> {
  const directory: Buffer[] = [];
  let offset = 0;
  const put = async (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; at += STEP) await sink.write(bytes.subarray(at, at + STEP));
    offset += bytes.length;
  };
  for (const { name, pieces } of members) {
    const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
    let checksum = 0;
    for (const piece of pieces) checksum = crc32(piece, checksum);
    const start = offset;
    await put(memberHeader(0x04034b50, name, checksum, size, undefined));
    for (const piece of pieces) await put(piece);
    directory.push(memberHeader(0x02014b50, name, checksum, size, start));
  }
  const start = offset;
  for (const entry of directory) await put(entry);
  await put(endOfDirectory(members.length, offset - start, start));
}

/** The header before a member, or with its `offset` the one in the directory; sizes always in the 64-bit field. */
function memberHeader(signature: number, name: string, checksum: number, size: number, offset: number | undefined) {
  const inDirectory = offset !== undefined;
  const extra = Buffer.alloc(inDirectory ? 28 : 20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(extra.length - 4, 2);
  extra.writeBigUInt64LE(BigInt(size), 4);
  extra.writeBigUInt64LE(BigInt(size), 12);
  if (inDirectory) extra.writeBigUInt64LE(BigInt(offset), 20);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(45, 0); // version that reads 64-bit sizes
  common.writeUInt16LE(0x21, 8); // 1 January 1980
  common.writeUInt32LE(checksum, 10);
  common.writeUInt32LE(0xffffffff, 14);
  common.writeUInt32LE(0xffffffff, 18);
  common.writeUInt16LE(name.length, 22);
  common.writeUInt16LE(extra.length, 24);
  const first = Buffer.alloc(inDirectory ? 6 : 4);
  first.writeUInt32LE(signature, 0);
  if (!inDirectory) return Buffer.concat([first, common, Buffer.from(name), extra]);
  first.writeUInt16LE(45, 4);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(0xffffffff, 10);
  return Buffer.concat([first, common, rest, Buffer.from(name), extra]);
}

function endOfDirectory(members: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(56 + 20 + 22);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(45, 12);
  end.writeUInt16LE(45, 14);
  end.writeBigUInt64LE(BigInt(members), 24);
  end.writeBigUInt64LE(BigInt(members), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(offset + size), 64);
  end.writeUInt32LE(1, 72);
  end.writeUInt32LE(0x06054b50, 76);
  end.writeUInt16LE(members, 84);
  end.writeUInt16LE(members, 86);
  end.writeUInt32LE(Math.min(size, 0xffffffff), 88);
  end.writeUInt32LE(0xffffffff, 92);
  return end;
}

export interface ZipArchive {
  names: string[];
  /** The content of a member. Throws `file-malformed` where it is missing or damaged. */
  read(name: string): Promise<Uint8Array>;
}

interface Entry {
  method: number;
  checksum: number;
  packed: number;
  size: number;
  offset: number;
}

/** Reads the directory of an archive; `name` is the file's, for errors. Throws `file-malformed`. */
export async function openZip(handle: FileHandle, name: string): Promise<ZipArchive> {
  const { size } = await handle.stat();
  const tail = await bytesAt(handle, Math.max(0, size - 65_557), Math.min(size, 65_557), name);
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 22 > tail.length) throw malformed(name, 'no end of a ZIP archive, which a .npz file is');
  let [count, length, offset] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (end >= 20 && tail.readUInt32LE(end - 20) === 0x07064b50) {
    const wide = await bytesAt(handle, Number(tail.readBigUInt64LE(end - 12)), 56, name);
    count = Number(wide.readBigUInt64LE(32));
    length = Number(wide.readBigUInt64LE(40));
    offset = Number(wide.readBigUInt64LE(48));
  }
  const entries = directoryEntries(await bytesAt(handle, offset, length, name), count, name);
  return {
    names: [...entries.keys()],
    async read(member) {
      const entry = entries.get(member);
      if (!entry) throw malformed(name, `no member ${member}, which a sparse matrix of scipy has`);
      const header = await bytesAt(handle, entry.offset, 30, name);
      const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
      const packed = await bytesAt(handle, start, entry.packed, name);
      let content: Uint8Array;
      try {
        content = entry.method === 8 ? inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) }) : packed;
      } catch (error) {
        throw malformed(`${name}: ${member}`, `its packed data is damaged (${(error as Error).message})`);
      }
      if (content.length !== entry.size || crc32(content) !== entry.checksum) {
        throw malformed(`${name}: ${member}`, 'its checksum is wrong');
      }
      return content;
    },
  };
}

function directoryEntries(directory: Buffer, count: number, name: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) {
      throw malformed(name, `the directory breaks off at member ${i + 1} of ${count}`);
    }
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    const fields = [directory.readUInt32LE(at + 24), directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 42)];
    for (let extra = nameEnd; extra + 4 <= extraEnd; extra += 4 + directory.readUInt16LE(extra + 2)) {
      if (directory.readUInt16LE(extra) !== 1) continue;
      let wide = extra + 4;
      fields.forEach((field, k) => {
        if (field !== 0xffffffff || wide + 8 > extraEnd) return;
        fields[k] = Number(directory.readBigUInt64LE(wide));
        wide += 8;
      });
    }
    const [size, packed, offset] = fields as [number, number, number];
    const [method, checksum] = [directory.readUInt16LE(at + 10), directory.readUInt32LE(at + 16)];
    entries.set(directory.toString('utf8', at + 46, nameEnd), { method, checksum, packed, size, offset });
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function bytesAt(handle: FileHandle, position: number, length: number, name: string): Promise<Buffer> {
  const { size } = await handle.stat();
  if (position < 0 || position + length > size) {
    throw malformed(`${name} at byte ${position}`, `${length} bytes expected, but the file ends at ${size}`);
  }
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await handle.read(bytes, done, Math.min(STEP, length - done), position + done);
    if (bytesRead === 0) throw malformed(`${name} at byte ${position + done}`, 'the file ends early');
    done += bytesRead;
  }
  return bytes;
}
