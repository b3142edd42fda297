// The hash of a matrix's numbers: the same in every format that keeps float32, so that it ties two files together.
import { createHash } from 'node:crypto';

const PIECE = 1 << 26; // bytes; a hash takes less than 2 GiB at once

/** SHA-256 of the bytes, little-endian, in hexadecimal. */
export function matrixHash({ buffer, byteOffset, byteLength }: Float32Array): string {
  const hash = createHash('sha256');
  for (let at = 0; at < byteLength; at += PIECE) {
    hash.update(new Uint8Array(buffer, byteOffset + at, Math.min(PIECE, byteLength - at)));
  }
  return hash.digest('hex');
}
