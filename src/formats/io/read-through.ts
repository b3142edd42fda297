// Reads a source in large chunks for parsers of records (lines, vectors) that may cross chunk borders.
import { throwIfAborted } from '../../base/errors.ts';
import type { ByteSource } from '../../files/byte-source.ts';
import type { ReadOptions } from '../format.ts';

const CHUNK = 1 << 20;

export interface ReadThroughOptions extends ReadOptions {
  /** Longest record in bytes; the buffer grows up to it. */
  longestRecord: number;
  /**
   * Consumes whole records in bytes[start .. end - 1]; returns the start of the first incomplete one. bytes[end] is
   * free.
   */
  consume(bytes: Buffer, start: number, end: number, atEnd: boolean): number;
  /** The error for a record longer than `longestRecord`. */
  tooLong(): Error;
}

/** Passes the rest of `source` to `consume`; the next chunk is read while the current one is consumed. */
export async function readThrough(source: ByteSource, options: ReadThroughOptions): Promise<void> {
  const chunk = Math.min(CHUNK, (source.contentBytes ?? CHUNK) + 1);
  // The rest of a chunk is copied in front of the next one, which is read to the space behind it.
  let room = 1 << 14;
  let current = Buffer.allocUnsafeSlow(room + chunk + 1);
  let next = Buffer.allocUnsafeSlow(room + chunk + 1);
  let start = room;
  let end = room + (await source.read(current, room, chunk));
  let atEnd = end - room < chunk;
  for (;;) {
    throwIfAborted(options.signal);
    const pending = atEnd ? undefined : source.read(next, room, chunk);
    // Avoids an unhandled rejection: if `consume` throws first, that error is reported.
    pending?.catch(() => undefined);
    let rest: number;
    try {
      rest = options.consume(current, start, end, atEnd);
    } catch (error) {
      // A pending read still writes to the buffer and uses the file, so wait for it.
      await pending?.catch(() => undefined);
      throw error;
    }
    options.onProgress?.({
      phase: 'load',
      done: source.fileBytesRead(),
      total: source.fileBytes ?? 0,
      unit: 'bytes',
    });
    if (pending === undefined) return;
    const got = await pending;
    const left = end - rest;
    if (left > options.longestRecord) throw options.tooLong();
    if (left > room) {
      const wider = Buffer.allocUnsafeSlow(2 * left + chunk + 1);
      next.copy(wider, 2 * left, room, room + got);
      next = wider;
      room = 2 * left;
    }
    current.copy(next, room - left, rest, end);
    [current, next] = [next, current];
    if (next.length < current.length) next = Buffer.allocUnsafeSlow(current.length);
    start = room - left;
    end = room + got;
    atEnd = got < chunk;
  }
}
