// Stores a long list of Int32 entries on disk or in memory: append in order, then read and rewrite by position.
import { closeSync, ftruncateSync, readSync, writeSync } from 'node:fs';
import { openTemporaryFile, temporaryFileError } from '../files/temporary-file.ts';

export interface IdStore {
  append(ids: Int32Array): void;
  /** Call once after the last `append`, before the first `read`. */
  finish(): void;
  length(): number;
  read(position: number, target: Int32Array, offset: number, count: number): number;
  /** Overwrites the entries from `position` on with the first `count` of `source`. */
  write(position: number, source: Int32Array, count: number): void;
  /** Keeps the first `length` entries. */
  truncate(length: number): void;
  storage(): { file: number } | { ids: Int32Array };
  /** Safe to call twice. */
  close(): void;
}

const BUFFER = 1 << 16; // entries

/** Entries in an unnamed temporary file in `directory`. Throws `file-unwritable`, also when the disk fills up later. */
export function createIdFile(directory: string): IdStore {
  const use = {
    directory,
    holds: 'the ids of the corpus (temporary)',
    room: 'free disk space (4 bytes for each word of the corpus)',
  };
  const file = openTemporaryFile(use);
  const buffer = new Int32Array(BUFFER);
  let buffered = 0;
  let written = 0;
  let open = true;
  function write(position: number, source: Int32Array, count: number): void {
    const bytes = new Uint8Array(source.buffer, source.byteOffset, count * 4);
    try {
      for (let from = 0; from < bytes.length; ) {
        from += writeSync(file, bytes, from, bytes.length - from, position * 4 + from);
      }
    } catch (cause) {
      throw temporaryFileError(use, cause);
    }
  }
  function flush(): void {
    write(written, buffer, buffered);
    written += buffered;
    buffered = 0;
  }
  return {
    append(ids) {
      if (ids.length >= BUFFER) {
        flush();
        write(written, ids, ids.length);
        written += ids.length;
        return;
      }
      for (let from = 0; from < ids.length; ) {
        const part = ids.subarray(from, from + BUFFER - buffered);
        buffer.set(part, buffered);
        buffered += part.length;
        from += part.length;
        if (buffered === BUFFER) flush();
      }
    },
    finish: flush,
    length: () => written + buffered,
    read(position, target, offset, count) {
      try {
        return readIds(file, position, target, offset, count);
      } catch (cause) {
        throw temporaryFileError(use, cause);
      }
    },
    write,
    truncate(length) {
      ftruncateSync(file, length * 4);
      written = length;
    },
    storage: () => ({ file }),
    close() {
      if (open) closeSync(file);
      open = false;
    },
  };
}

/** Entries in memory: 4 bytes each. */
export function createIdList(): IdStore {
  let ids = new Int32Array(1 << 10);
  let length = 0;
  return {
    append(more) {
      if (length + more.length > ids.length) {
        const longer = new Int32Array(2 * (length + more.length));
        longer.set(ids);
        ids = longer;
      }
      ids.set(more, length);
      length += more.length;
    },
    finish() {},
    length: () => length,
    read: (position, target, offset, count) => copyIds(ids.subarray(0, length), position, target, offset, count),
    write: (position, source, count) => ids.set(source.subarray(0, count), position),
    truncate(shorter) {
      ids = ids.slice(0, shorter);
      length = shorter;
    },
    storage: () => ({ ids }),
    close() {},
  };
}

/** Reads up to `count` entries of the Int32 file `file` from entry `position` on; returns the number read. */
export function readIds(file: number, position: number, target: Int32Array, offset: number, count: number): number {
  const room = Math.max(0, Math.min(count, target.length - offset));
  const bytes = new Uint8Array(target.buffer, target.byteOffset + offset * 4, room * 4);
  let got = 0;
  while (got < bytes.length) {
    const more = readSync(file, bytes, got, bytes.length - got, position * 4 + got);
    if (more === 0) break;
    got += more;
  }
  return got / 4;
}

/**
 * Entries in an open file, or in memory: there `ids[0]` is entry number `first` (0 unless given), and no others are
 * there.
 */
export type StoredEntries = { file: number } | { ids: Int32Array; first?: number };

/** Reads up to `count` of `length` entries from `position` on; returns the number read, 0 where there are none. */
export function readStored(
  storage: StoredEntries,
  length: number,
): (position: number, target: Int32Array, offset: number, count: number) => number {
  if ('file' in storage) {
    return (position, target, offset, count) =>
      readIds(storage.file, position, target, offset, Math.min(count, length - position));
  }
  const { ids, first = 0 } = storage;
  return (position, target, offset, count) =>
    position < first ? 0 : copyIds(ids, position - first, target, offset, Math.min(count, length - position));
}

/** Reads entries from memory as `readEntries` does from a file. */
export function copyIds(ids: Int32Array, position: number, target: Int32Array, offset: number, count: number): number {
  const room = Math.max(0, Math.min(count, target.length - offset, ids.length - position));
  target.set(ids.subarray(position, position + room), offset);
  return room;
}
