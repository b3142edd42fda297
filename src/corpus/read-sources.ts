// Reads the files of a corpus one after the other into a reader: bytes are hashed, decoded where they are not UTF-8, and
// cleaned.
import { createHash } from 'node:crypto';
import { throwIfAborted } from '../base/errors.ts';
import type { OnProgress } from '../base/progress.ts';
import type { Cleaner } from './cleaning/cleaning.ts';
import { createDecoder } from './encoding/decoder.ts';
import type { Decoder, EncodingName } from './encoding/encodings.ts';
import { createUtf8Check } from './encoding/utf8-check.ts';
import { openingOf, type TextSource } from './source.ts';
import type { TextReader } from './text-reader.ts';
import { notText } from './tokenize.ts';

const TURN = 20; // milliseconds between yields to the event loop
const DECODED = 1 << 18; // bytes that are decoded at once

export interface ReadOptions {
  cleaner: Cleaner | undefined;
  /** Undefined: UTF-8, or UTF-16 where a file has a byte order mark. */
  encoding: EncodingName | undefined;
  /** Bytes that the reader gets at once at most. */
  longest: number | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface ReadBytes {
  /** Of the files, unpacked, in whatever encoding they have. */
  bytes: number;
  sha256: string;
  /** Characters that could not be decoded; those of UTF-8 are counted by the reader. */
  undecoded: number;
  /** The encoding that lines with invalid UTF-8 seem to have. */
  looksLike?: EncodingName;
}

/** Throws what reading throws, and `not-text` where much of the text is not UTF-8 and no encoding is given. */
export async function readSources(
  sources: readonly TextSource[],
  reader: TextReader,
  total: number,
  { cleaner, encoding, longest, onProgress, signal }: ReadOptions,
): Promise<ReadBytes> {
  const sha256 = createHash('sha256');
  const check = createUtf8Check();
  let done = 0;
  let bytes = 0;
  let undecoded = 0;
  let turned = performance.now();
  const onRead = (count: number) => {
    done += count;
  };

  /** Awaiting buffered chunks never returns to the event loop, which hears the signal. */
  async function pause(): Promise<void> {
    if (performance.now() - turned < TURN) return;
    await new Promise(setImmediate);
    turned = performance.now();
    throwIfAborted(signal);
  }
  async function write(text: Uint8Array): Promise<void> {
    const step = longest ?? Math.max(1, text.length);
    for (let from = 0; from < text.length; from += step) {
      await reader.write(text.subarray(from, from + step));
      onProgress?.({ phase: 'read', done, total, unit: 'bytes' });
      await pause();
    }
  }
  async function writeAll(pieces: Iterable<Uint8Array>): Promise<void> {
    for (const piece of pieces) {
      await write(piece);
      await pause();
    }
  }
  function utf8(text: string): Buffer {
    for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) undecoded++;
    return Buffer.from(text);
  }
  function* decoded(decoder: Decoder, chunk: Uint8Array): Generator<Uint8Array> {
    for (let from = 0; from < chunk.length; from += DECODED) {
      yield utf8(decoder.write(chunk.subarray(from, from + DECODED)));
    }
  }

  async function readSource({ name, chunks }: TextSource): Promise<void> {
    let decoder: Decoder | undefined;
    let isFirst = true;
    let before = 0; // bytes of the file, as UTF-8
    async function take(text: Uint8Array): Promise<void> {
      if (cleaner && text.includes(0)) throw notText(name, before + text.indexOf(0));
      before += text.length;
      await writeAll(cleaner?.write(text) ?? [text]);
    }
    for await (const chunk of chunks(onRead, signal, cleaner || encoding ? undefined : reader.free)) {
      sha256.update(chunk);
      bytes += chunk.length;
      let skip = 0;
      if (isFirst) {
        const opening = openingOf(chunk, name, encoding);
        skip = opening.skip;
        before = skip;
        decoder = opening.encoding && createDecoder(opening.encoding);
        reader.startFile(name, skip);
      }
      isFirst = false;
      const text = chunk.subarray(skip);
      if (decoder) for (const piece of decoded(decoder, text)) await take(piece);
      else {
        await take(text);
        check.add(text, name); // what the reader finds comes first, such as NUL
      }
    }
    check.endFile();
    if (decoder) await take(utf8(decoder.end()));
    if (cleaner && !isFirst) await writeAll(cleaner.endFile());
    await reader.endFile();
  }
  try {
    for (const source of sources) await readSource(source);
    check.end();
  } catch (error) {
    if (!signal?.aborted) await reader.settle(); // an error in what was read so far comes first
    throw error;
  }
  await reader.finish();
  const looksLike = check.looksLike();
  return { bytes, sha256: sha256.digest('hex'), undecoded, ...(looksLike && { looksLike }) };
}
