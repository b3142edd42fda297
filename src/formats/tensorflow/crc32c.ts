// CRC-32C (Castagnoli; RFC 3720, appendix B.4), the checksum of TensorFlow's checkpoints and event files.

const POLYNOMIAL = 0x82f63b78; // reversed
const MASK_DELTA = 0xa282ead8;

/** tables[k][b]: the checksum of byte b followed by k zero bytes, so that four bytes take one step. */
const tables = makeTables();

function makeTables(): readonly [Int32Array, Int32Array, Int32Array, Int32Array] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? POLYNOMIAL : 0);
    return value;
  });
  const next = (table: Int32Array) => table.map((value) => first[value & 255] ^ (value >>> 8));
  const second = next(first);
  const third = next(second);
  return [first, second, third, next(third)];
}

/** The checksum of `bytes` appended to bytes with the checksum `before`; 0 for none. */
export function crc32c(bytes: Uint8Array, before = 0): number {
  const [one, two, three, four] = tables;
  const whole = bytes.length - (bytes.length % 4);
  let value = ~before;
  let at = 0;
  for (; at < whole; at += 4) {
    value ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    value = four[value & 255] ^ three[(value >>> 8) & 255] ^ two[(value >>> 16) & 255] ^ one[value >>> 24];
  }
  for (; at < bytes.length; at++) value = one[(value ^ bytes[at]) & 255] ^ (value >>> 8);
  return ~value >>> 0;
}

/** As stored beside the data it protects, because the checksum of data that holds its checksum is weak (LevelDB). */
export function maskedCrc32c(bytes: Uint8Array, before = 0): number {
  return maskOf(crc32c(bytes, before));
}

export function maskOf(checksum: number): number {
  return (((checksum >>> 15) | (checksum << 17)) + MASK_DELTA) >>> 0;
}
