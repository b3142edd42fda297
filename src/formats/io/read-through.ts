// A source in large chunks, for readers of records (lines, vectors) that may cross from one chunk to the next.
import { throwIfAborted } from '../../errors.ts';
import type { ReadOptions } from '../format.ts';
import type { ByteSource } from './byte-source.ts';

const CHUNK = 1 << 20;

export interface ReadThroughOptions extends ReadOptions {
  /** Longest record the content may hold; the buffer grows up to it. */
  longestRecord: number;
  /** Takes whole records from bytes[start .. end - 1]; returns where the first incomplete one starts. bytes[end] is free. */
  consume(bytes: Buffer, start: number, end: number, atEnd: boolean): number;
  /** What to throw where a record is longer than `longestRecord`. */
  tooLong(): Error;
}

/** Runs the rest of `source` through `consume`, the next chunk being read while one is consumed. */
export async function readThrough(source: ByteSource, options: ReadThroughOptions): Promise<void> {
  const chunk = Math.min(CHUNK, (source.contentBytes ?? CHUNK) + 1);
  // What is left of a chunk is copied in front of the next one, which is read to behind this room.
  let room = 1 << 14;
  let current = Buffer.allocUnsafeSlow(room + chunk + 1);
  let next = Buffer.allocUnsafeSlow(room + chunk + 1);
  let start = room;
  let end = room + (await source.read(current, room, chunk));
  let atEnd = end - room < chunk;
  for (;;) {
    throwIfAborted(options.signal);
    const pending = atEnd ? undefined : source.read(next, room, chunk);
    // Marked as handled: when `consume` throws first, that error is the one to report.
    pending?.catch(() => undefined);
    let rest: number;
    try {
      rest = options.consume(current, start, end, atEnd);
    } catch (error) {
      // The buffer must not be written to, nor the file closed, under a read that still runs.
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
