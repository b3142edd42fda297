// Damages files as disks, downloads and attackers do. Every choice comes from `random` (src/base/random.ts), so that the
// same seed makes the same files.
import { crc32, gunzipSync, gzipSync, inflateRawSync } from 'node:zlib';

const pick = (random, list) => list[random.below(list.length)];

/** What a length, a count or an offset may claim. */
const extremes32 = [0, 1, 0xff, 0xffff, 0x10000, 0x7ffffff, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff];
const extremes64 = [0n, 1n, 1n << 31n, 1n << 32n, 1n << 33n, 1n << 40n, 1n << 53n, (1n << 63n) - 1n, 1n << 63n, ~0n];
const extremeNumbers =
  '0 -1 1 00 99999999 2147483648 4294967297 999999999999 18446744073709551616 1e9 1e308 1e-308 -0 NaN inf 0x10 1.5'.split(
    ' ',
  );
const troubleBytes = [0, 9, 10, 13, 27, 32, 34, 45, 48, 57, 61, 92, 0x7b, 0x7f, 0x80, 0xc3, 0xe2, 0xff];

/** A place in the bytes: often near their ends, where headers and directories stand. */
function place(random, length) {
  const near = Math.min(length, 256);
  const kind = random.below(4);
  if (kind === 0) return random.below(near);
  if (kind === 1) return length - 1 - random.below(near);
  return random.below(length);
}

function replaced(bytes, at, removed, inserted) {
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(Math.min(bytes.length, at + removed))]);
}

/** A piece of the bytes, up to `most` long. */
function piece(random, bytes, most) {
  const at = place(random, bytes.length);
  return bytes.subarray(at, at + 1 + random.below(most));
}

function changed(bytes, change) {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
}

const ways = {
  cut: (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  headless: (bytes, random) => bytes.subarray(place(random, bytes.length)),
  bits: (bytes, random) =>
    changed(bytes, (copy) => {
      for (let left = 1 + random.below(3); left > 0; left--) copy[place(random, copy.length)] ^= 1 << random.below(8);
    }),
  bytes: (bytes, random) =>
    changed(bytes, (copy) => {
      for (let left = 1 + random.below(3); left > 0; left--) {
        copy[place(random, copy.length)] = random.below(2) === 0 ? random.below(256) : pick(random, troubleBytes);
      }
    }),
  fill: (bytes, random) =>
    changed(bytes, (copy) => {
      const at = place(random, copy.length);
      copy.fill(pick(random, troubleBytes), at, Math.min(copy.length, at + 1 + random.below(512)));
    }),
  remove: (bytes, random) => replaced(bytes, place(random, bytes.length), 1 + random.below(64), Buffer.alloc(0)),
  insert: (bytes, random) => replaced(bytes, place(random, bytes.length), 0, piece(random, bytes, 64)),
  duplicate: (bytes, random) => {
    const repeated = piece(random, bytes, 200);
    const times = pick(random, [2, 3, 50, 2000]);
    return replaced(bytes, place(random, bytes.length), 0, Buffer.concat(Array(times).fill(repeated)));
  },
  length32: (bytes, random) =>
    changed(bytes, (copy) => {
      const at = place(random, copy.length);
      if (at + 4 <= copy.length) copy.writeUInt32LE(pick(random, extremes32), at);
    }),
  length64: (bytes, random) =>
    changed(bytes, (copy) => {
      const at = place(random, copy.length);
      if (at + 8 <= copy.length) copy.writeBigUInt64LE(BigInt.asUintN(64, pick(random, extremes64)), at);
    }),
  /** A number written as text becomes another, most often one of a header. */
  number: (bytes, random) => {
    const text = bytes.toString('latin1');
    const edge = random.below(3) === 0 ? text.length : 400;
    const numbers = [...text.matchAll(/[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?/g)];
    const near = numbers.filter(({ index }) => index < edge || index > text.length - edge);
    if (near.length === 0) return ways.bits(bytes, random);
    const { 0: found, index } = pick(random, near);
    return replaced(bytes, index, found.length, Buffer.from(pick(random, extremeNumbers)));
  },
  /** The head of this file and the tail of another. */
  splice: (bytes, random, others) => {
    const other = pick(random, others);
    const at = place(random, bytes.length);
    const same = random.below(2) === 0 ? at : place(random, other.length);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(same)]);
  },
  swap: (_bytes, random, others) => pick(random, others),
};

const often = ['bits', 'bits', 'bytes', 'bytes', 'length32', 'length32', 'number', 'number', ...Object.keys(ways)];

/** One to three changes of any kind; `others` are the files that this one may be spliced with. */
export function damageBytes(bytes, random, others) {
  let damaged = bytes;
  const changes = pick(random, [1, 1, 1, 1, 2, 3]);
  for (let left = changes; left > 0 && damaged.length > 0; left--) {
    damaged = ways[pick(random, often)](damaged, random, others);
  }
  return damaged.subarray(0, 1 << 20);
}

const strangeValues = [
  () => null,
  () => [],
  () => ({}),
  () => '',
  () => 'x',
  () => '\u001b]0;title\u0007\u202e<script>',
  () => 'long '.repeat(20_000),
  () => true,
  () => 0,
  () => -1,
  () => 1.5,
  () => 1e308,
  () => Number.MAX_SAFE_INTEGER,
  () => ['x', null, -1],
  () => ({ name: null, length: -1, toString: 1 }),
  () => JSON.parse('{"__proto__":{"words":1},"constructor":0}'),
];

/** A value anywhere in a JSON document becomes one of another kind, goes, or moves. */
function damageValue(value, random) {
  const places = [];
  const visit = (node) => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      places.push([node, key]);
      visit(node[key]);
    }
  };
  visit(value);
  if (places.length === 0 || random.below(20) === 0) return pick(random, strangeValues)();
  // The places near the top are few and decide much.
  const [node, key] = random.below(2) === 0 ? pick(random, places.slice(0, 40)) : pick(random, places);
  const kind = random.below(6);
  if (kind === 0) delete node[key];
  else if (kind === 1) [node[key]] = [node[key], node[pick(random, places)[1]]].reverse();
  else if (kind === 2 && typeof node[key] === 'number') node[key] = pick(random, extremeNumbers.map(Number));
  else node[key] = pick(random, strangeValues)();
  return value;
}

export function damageJson(bytes, random, others) {
  if (random.below(4) === 0) return damageBytes(bytes, random, others);
  if (random.below(50) === 0) return Buffer.from(`{"options":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
  return Buffer.from(JSON.stringify(damageValue(JSON.parse(bytes), random)) ?? 'null');
}

/** safetensors: the header is JSON behind its length. */
export function damageSafetensors(bytes, random, others) {
  if (random.below(2) === 0) return damageBytes(bytes, random, others);
  const length = Number(bytes.readBigUInt64LE(0));
  const header = damageJson(bytes.subarray(8, 8 + length), random, others);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([size, header, bytes.subarray(8 + length)]);
}

/** A packed file: damaged inside, or as it lies on the disk. */
export function damageGzip(bytes, random, others) {
  if (random.below(3) === 0) return damageBytes(bytes, random, others);
  return gzipSync(damageBytes(gunzipSync(bytes), random, others), { level: 1 });
}

/** A ZIP archive: damaged as it lies, or in its members, so that the checksums are right. */
export function damageZip(bytes, random, others) {
  if (random.below(2) === 0) return damageBytes(bytes, random, others);
  const members = membersOf(bytes);
  const at = random.below(members.length);
  if (random.below(12) === 0) members.splice(at, 1);
  else members[at].content = damageBytes(members[at].content, random, others);
  return storedZip(members);
}

/**
 * The members of an archive in the order of its directory (PKWARE's APPNOTE 6.3.10, 4.3), stored or deflated, below 4
 * GB.
 */
function membersOf(zip) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const wide = zip.readUInt32LE(end + 16) === 0xffffffff; // then the end with 64-bit fields stands 76 bytes before
  const members = [];
  let at = wide ? Number(zip.readBigUInt64LE(end - 76 + 48)) : zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const field = at + 46 + name + 4; // the 64-bit sizes and offset of the fields that are all ones
    const number = (place, order) => {
      const narrow = zip.readUInt32LE(at + place);
      return narrow === 0xffffffff ? Number(zip.readBigUInt64LE(field + 8 * order)) : narrow;
    };
    const [packed, header] = [number(20, 1), number(42, 2)];
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    const content = zip.subarray(start, start + packed);
    const isDeflated = zip.readUInt16LE(at + 10) === 8;
    members.push({
      name: zip.toString('latin1', at + 46, at + 46 + name),
      content: isDeflated ? inflateRawSync(content) : content,
    });
    at += 46 + name + extra + comment;
  }
  return members;
}

function storedZip(members) {
  const [pieces, directory] = [[], []];
  let offset = 0;
  for (const { name, content } of members) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x21, 8); // 1 January 1980
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, Buffer.from(name, 'latin1'));
    const member = [Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name, 'latin1'), content];
    pieces.push(...member);
    offset += member.reduce((sum, { length }) => sum + length, 0);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, ...directory, end]);
}

/** Damages each file in the way that the end of its name asks for: pairs of an end and a way. */
export function byName(ways) {
  return (bytes, random, others, name) => {
    const [, damage] = ways.find(([end]) => name.endsWith(end)) ?? ['', damageBytes];
    return damage(bytes, random, others);
  };
}
