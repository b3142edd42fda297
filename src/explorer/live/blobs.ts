// The long lists of the page: in the page itself as base64, or sent by the server; unpacked when they are first needed.
import { type BlobName, blobId } from '../page-data.ts';

export type LoadBlob = (name: BlobName) => Promise<ArrayBuffer>;

/** Each list is unpacked once. */
export function blobLoader(packed: (name: BlobName) => Promise<Uint8Array<ArrayBuffer>>): LoadBlob {
  const loaded = new Map<BlobName, Promise<ArrayBuffer>>();
  return (name) => {
    const before = loaded.get(name);
    if (before !== undefined) return before;
    const promise = packed(name).then(unpacked);
    loaded.set(name, promise);
    promise.catch(() => loaded.delete(name)); // may succeed later
    return promise;
  };
}

async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

/** From the element of the page, which is removed: it would hold the list a second time. */
export async function fromPage(name: BlobName): Promise<Uint8Array<ArrayBuffer>> {
  const element = document.getElementById(blobId(name));
  if (element === null) throw new Error(`the page is incomplete: it has no list '${name}'`);
  const text = element.textContent ?? '';
  element.remove();
  return fromBase64(text);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const native = (Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;
  if (native !== undefined) return native.call(Uint8Array, text);
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < characters.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes;
}
