// Files of vectors as no tool writes them, small ones and bombs.
import { readFileSync } from 'node:fs';
import { constants, crc32, deflateRawSync, gzipSync } from 'node:zlib';

/** A file of tests/hostile/files, kept as it was found. */
export const kept = (name: string) => readFileSync(new URL(`files/${name}`, import.meta.url));
export const golden = (name: string) => readFileSync(new URL(`../golden/${name}`, import.meta.url));

export const floats = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer);

/** word2vec's binary format. */
export function binary(rows: readonly (readonly [word: string, ...numbers: number[]])[]): Buffer {
  const body = rows.map(([word, ...numbers]) =>
    Buffer.concat([Buffer.from(`${word} `), floats(...numbers), Buffer.from('\n')]),
  );
  return Buffer.concat([Buffer.from(`${rows.length} ${rows[0].length - 1}\n`), ...body]);
}

export function npy(type: string, shape: string, data: Uint8Array): Buffer {
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }`;
  const header = Buffer.from(`${text.padEnd(117)}\n`);
  const length = Buffer.alloc(2);
  length.writeUInt16LE(header.length);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, header, data]);
}

export function safetensors(header: object, data: Uint8Array): Buffer {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, data]);
}

/** A fastText model (version 12) of one dimension with long character n-grams. */
export function fastText(
  words: readonly string[],
  { bucket, minn, maxn }: Record<'bucket' | 'minn' | 'maxn', number>,
): Buffer {
  const head = Buffer.alloc(64 + 28);
  const args = [793712314, 12, 1, 5, 5, 1, 5, 1, 1, 1, bucket, minn, maxn, 100];
  for (const [at, value] of args.entries()) head.writeInt32LE(value, 4 * at);
  head.writeDoubleLE(1e-4, 56);
  for (const [at, value] of [words.length, words.length, 0].entries()) head.writeInt32LE(value, 64 + 4 * at);
  head.writeBigInt64LE(100n, 76);
  head.writeBigInt64LE(-1n, 84);
  const entry = Buffer.concat([Buffer.from('\0'), Buffer.from([5, 0, 0, 0, 0, 0, 0, 0, 0])]);
  const shape = Buffer.alloc(17);
  shape.writeBigInt64LE(BigInt(words.length + bucket), 1);
  shape.writeBigInt64LE(1n, 9);
  const rows = floats(...Array<number>(words.length + bucket).fill(1));
  return Buffer.concat([head, ...words.flatMap((word) => [Buffer.from(word), entry]), shape, rows]);
}

const MEGABYTE = 1_000_000;

/** gzip that unpacks to `head` and then to `megabytes` of a short text over and over. */
export function gzipBomb(head: string, repeated: string, megabytes: number): Buffer {
  const piece = gzipSync(repeated.repeat((10 * MEGABYTE) / repeated.length), { level: 9 });
  return Buffer.concat([gzipSync(head), ...Array<Buffer>(megabytes / 10).fill(piece)]);
}

/** Raw deflate of `head` and `megabytes` of zeros. */
export function deflateBomb(head: Uint8Array, megabytes: number): Buffer {
  const open = { level: 9, finishFlush: constants.Z_FULL_FLUSH }; // ends at a byte and may be followed by more
  const zeros = deflateRawSync(Buffer.alloc(10 * MEGABYTE), open);
  return Buffer.concat([
    deflateRawSync(head, open),
    ...Array<Buffer>(megabytes / 10).fill(zeros),
    deflateRawSync(Buffer.alloc(0)),
  ]);
}

/** A ZIP archive; a member's content is stored, or packed already. */
export function zip(members: readonly { name: string; content: Uint8Array; unpacked?: number }[]): Buffer {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, content, unpacked } of members) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(unpacked === undefined ? 0 : 8, 4);
    common.writeUInt32LE(crc32(content), 10); // wrong where it is packed: nobody should come so far
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(unpacked ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, rest, Buffer.from(name));
    pieces.push(Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), content);
    offset += 30 + name.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  for (const at of [8, 10]) end.writeUInt16LE(members.length, at);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, ...directory, end]);
}
