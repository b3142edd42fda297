// A text that can be read only once, such as a pipe, made readable again: its bytes go to an unnamed temporary file.
import { closeSync, createReadStream, writeSync } from 'node:fs';
import { openTemporaryFile, type TemporaryUse, temporaryFileError } from '../files/temporary-file.ts';
import type { TextSource } from './source.ts';

export type TextPasses = Pick<TextSource, 'name' | 'chunks'> & { close(): void };

/**
 * The chunks of `source` in the first pass, which has to come to its end, and the same bytes in every later one. Close
 * it after use. Throws `file-unwritable`.
 */
export function spooledText(source: Pick<TextSource, 'name' | 'chunks'>, directory: string): TextPasses {
  const use: TemporaryUse = { directory, holds: 'the texts', room: 'free disk space (as much as the texts have)' };
  const file = openTemporaryFile(use);
  let isFirst = true;
  return {
    name: source.name,
    async *chunks(onRead, signal) {
      if (!isFirst) {
        for await (const chunk of createReadStream('', { fd: file, start: 0, autoClose: false, signal })) {
          yield chunk as Buffer;
        }
        return;
      }
      isFirst = false;
      for await (const chunk of source.chunks(onRead, signal)) {
        try {
          for (let from = 0; from < chunk.length; ) from += writeSync(file, chunk, from);
        } catch (cause) {
          throw temporaryFileError(use, cause);
        }
        yield chunk;
      }
    },
    close: () => closeSync(file),
  };
}
