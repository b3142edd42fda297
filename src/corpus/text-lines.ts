// Reads a text file line by line, with memory for one chunk and one line.
import { isUtf8 } from 'node:buffer';
import { malformed, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { byteOrderMarkLength, type TextSource } from './source.ts';

/** Longest line in bytes. */
export const LONGEST_LINE = 1 << 24;

const MOST_KEPT = 100; // lines
const SAMPLE = 1 << 12; // bytes of a line
const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/** What the lines read so far had. */
export interface LineFacts {
  lines: number;
  /** Lines with bytes that are not valid UTF-8; each maximal invalid sequence became one U+FFFD. */
  invalidLines: number;
  /** Where the caller gives a list, it gets some of these lines, to guess their encoding from. */
  invalid?: Buffer[];
}

/**
 * The lines of a text without their ends (\n or \r\n), also the empty ones; `facts` is updated. Throws as
 * `TextSource.chunks`, and `not-text` at a NUL byte or in UTF-16, `file-malformed` for a line above 16 MiB.
 */
export async function* linesOf(
  source: Pick<TextSource, 'name' | 'chunks'>,
  facts: LineFacts,
  options: { onRead?: (bytes: number) => void; signal?: AbortSignal | undefined } = {},
): AsyncGenerator<string> {
  const { onRead = () => {}, signal } = options;
  const name = source.name === '-' ? 'standard input' : source.name;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const textOf = (bytes: Buffer): string => {
    facts.lines++;
    if (bytes.includes(0)) throw notText(name, facts.lines);
    if (isUtf8(bytes)) return bytes.toString();
    facts.invalidLines++;
    if (facts.invalid && facts.invalid.length < MOST_KEPT) facts.invalid.push(Buffer.from(bytes.subarray(0, SAMPLE)));
    return decoder.decode(bytes);
  };
  let open: Buffer[] = []; // pieces of the unfinished line
  let length = 0;
  let isFirst = true;
  for await (const chunk of source.chunks(onRead, signal)) {
    let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    if (isFirst) bytes = bytes.subarray(byteOrderMarkLength(bytes, name));
    isFirst = false;
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
      open.push(bytes.subarray(from, end));
      const line = open.length === 1 ? open[0] : Buffer.concat(open);
      if (line.length > LONGEST_LINE) throw tooLong(name, facts.lines + 1);
      yield textOf(line.at(-1) === RETURN ? line.subarray(0, -1) : line);
      open = [];
      length = 0;
      from = end + 1;
    }
    if (from === bytes.length) continue;
    open.push(Buffer.from(bytes.subarray(from))); // a copy: the source may reuse its memory
    length += bytes.length - from;
    if (length > LONGEST_LINE) throw tooLong(name, facts.lines + 1);
  }
  if (open.length > 0) yield textOf(Buffer.concat(open));
}

function notText(name: string, line: number): W2vError {
  return new W2vError(
    'not-text',
    `${quotable(name)} is not text: line ${line} has a NUL byte`,
    'give plain text in UTF-8 (or gzip of it), one text on each line',
  );
}

function tooLong(name: string, line: number): W2vError {
  const observed = `${quotable(name)}:${line}: more than ${LONGEST_LINE} bytes without a line end`;
  return malformed(observed, 'put one text on each line');
}
