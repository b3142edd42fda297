// Reads the header of both word2vec formats, the line `V D`.

import { malformedAt } from '../base/errors.ts';
import { checkWordsFit } from '../base/heap.ts';
import type { ByteSource } from '../files/byte-source.ts';
import { heapUseOf } from './io/rows.ts';

export interface Header {
  /** V */
  words: number;
  /** D */
  dimensions: number;
  /** Byte offset of the next line. */
  length: number;
}

/** The header at the start of a file; undefined if the first line is not a header. Skips a byte order mark. */
export function parseHeader(head: Uint8Array): Header | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 64)).toString('latin1');
  const match = /^(?:\xef\xbb\xbf)?(\d{1,20})[ \t]+(\d{1,20})[ \t]*(?:\r?\n|$)/.exec(text);
  return match === null
    ? undefined
    : { words: Number(match[1]), dimensions: Number(match[2]), length: match[0].length };
}

const MOST_DIMENSIONS = 1 << 24;

/**
 * Checks a header before memory is allocated for it. Throws `file-malformed` at `where` if V or D is 0 or if the file
 * is too small: `leastBytes` returns the bytes that V words of D numbers need. Throws `out-of-memory` if the file may
 * contain that many words, but they do not fit in the heap.
 */
export function checkHeader(
  header: Header,
  source: ByteSource,
  where: string,
  leastBytes: (words: number, dimensions: number) => number,
): void {
  const { words, dimensions, length } = header;
  const observed = `the header says ${words} words x ${dimensions} numbers`;
  if (words < 1 || dimensions < 1) throw malformedAt(where, `${observed}, expected at least one of each`);
  if (dimensions > MOST_DIMENSIONS)
    throw malformedAt(where, `${observed}, expected at most ${MOST_DIMENSIONS} numbers`);
  if (source.contentBytes === undefined) return;
  const needed = leastBytes(words, dimensions);
  const there = source.contentBytes - length;
  if (needed > there) throw malformedAt(where, `${observed}, at least ${needed} bytes, but ${there} bytes follow it`);
  checkWordsFit(words, heapUseOf(words));
}
