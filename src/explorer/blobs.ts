// The long lists of a page by name, compressed with gzip.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { BlobName } from './page-data.ts';

export type Blobs = Map<BlobName, Uint8Array>;

const compress = promisify(gzip);

/**
 * Adds a list of numbers (little-endian, as the kernels require of this machine), or anything else as JSON; returns its
 * name.
 */
export async function addBlob(blobs: Blobs, name: BlobName, list: ArrayBufferView | object): Promise<BlobName> {
  const bytes = ArrayBuffer.isView(list)
    ? Buffer.from(list.buffer, list.byteOffset, list.byteLength)
    : Buffer.from(JSON.stringify(list));
  blobs.set(name, new Uint8Array()); // its place, whichever list is compressed first: the same page has the same bytes
  blobs.set(name, await compress(bytes));
  return name;
}
