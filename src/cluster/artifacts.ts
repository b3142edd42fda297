// Files on their way to a session, in chunks of which each has its checksum (CRC-32), as AddArtifacts takes them.
import { crc32 } from 'node:zlib';
import type { ArtifactsRequest, Who } from './protocol/messages.ts';

export interface Artifact {
  /**
   * `files/NAME` lies beside the script on each executor; `archives/NAME.tar.gz#FOLDER` is unpacked into the folder.
   */
  name: string;
  data: Uint8Array;
}

const CHUNK = 1 << 20; // bytes; Spark's own client takes 32 KiB, which is slower

export async function* artifactRequests(artifacts: readonly Artifact[], who: Who): AsyncGenerator<ArtifactsRequest> {
  for (const { name, data } of artifacts) {
    const pieces = Array.from({ length: Math.max(1, Math.ceil(data.length / CHUNK)) }, (_, index) => {
      const piece = data.subarray(index * CHUNK, (index + 1) * CHUNK);
      return { data: piece, crc: BigInt(crc32(piece)) };
    });
    const [first, ...others] = pieces as [(typeof pieces)[0], ...typeof pieces];
    if (others.length === 0) {
      yield { ...who, payload: { case: 'batch', value: { artifacts: [{ name, data: first }] } } };
      continue;
    }
    const sizes = { totalBytes: BigInt(data.length), numChunks: BigInt(pieces.length) };
    yield { ...who, payload: { case: 'beginChunk', value: { name, ...sizes, initialChunk: first } } };
    for (const value of others) yield { ...who, payload: { case: 'chunk', value } };
  }
}
