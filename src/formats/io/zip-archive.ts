// Writes the part of the ZIP format that .npz needs (PKWARE's APPNOTE 6.3.10): stored members with 64-bit sizes and
// offsets for large arrays.
import { crc32 } from 'node:zlib';
import { finishInTurns, type Steps } from '../../base/steps.ts';
import type { ByteSink } from '../../files/output.ts';

export interface ZipMember {
  name: string;
  /** The content in pieces. */
  pieces: Uint8Array[];
}

const PIECE = 1 << 24;

/** The bytes of an array in pieces, because views end at 4 GB. */
export function piecesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < byteLength; at += PIECE) {
    pieces.push(new Uint8Array(buffer, byteOffset + at, Math.min(PIECE, byteLength - at)));
  }
  return pieces;
}

/** Writes an archive of stored members. The date is fixed to 1980, so the same members give the same bytes. */
export async function writeZip(members: ZipMember[], sink: ByteSink): Promise<void> {
  const directory: Buffer[] = [];
  let offset = 0;
  const put = async (bytes: Uint8Array) => {
    await sink.write(bytes);
    offset += bytes.length;
  };
  for (const { name, pieces } of members) {
    const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const checksum = await finishInTurns(checksumSteps(pieces));
    const start = offset;
    await put(memberHeader(0x04034b50, name, checksum, size, undefined));
    for (const piece of pieces) await put(piece);
    directory.push(memberHeader(0x02014b50, name, checksum, size, start));
  }
  const start = offset;
  for (const entry of directory) await put(entry);
  await put(endOfDirectory(members.length, offset - start, start));
}

function* checksumSteps(pieces: Uint8Array[]): Steps<number> {
  let checksum = 0;
  for (const piece of pieces) {
    checksum = crc32(piece, checksum);
    yield;
  }
  return checksum;
}

/** The header before a member, or, with `offset`, its directory entry; sizes always use the 64-bit field. */
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
