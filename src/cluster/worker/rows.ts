// Rows on standard input and output: columns between tabs, a row a line.
import { readFileSync } from 'node:fs';
import { W2vError } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';

/** Writes rows, waiting where the reader is slower. */
export interface RowWriter {
  write(row: string): Promise<void>;
  end(): Promise<void>;
}

/** The number of a file by its URI, from the list of all files of the corpus. The function throws `file-unreadable`. */
export function fileNumbers(list: string): (uri: string) => number {
  const numbers = new Map(
    readFileSync(list, 'utf8')
      .split('\n')
      .map((uri, number) => [uri, number]),
  );
  return (uri) => {
    const number = numbers.get(uri);
    if (number !== undefined) return number;
    const observed = `${quotable(uri)} is not among the files that were there at the start`;
    throw new W2vError('file-unreadable', observed, 'run the command again when no other program writes to the folder');
  };
}

const PIECE = 1 << 16; // characters

export function rowWriter(output: NodeJS.WritableStream): RowWriter {
  let pending: string[] = [];
  let size = 0;
  const flush = async () => {
    const text = pending.join('');
    pending = [];
    size = 0;
    if (text !== '' && !output.write(text)) await new Promise<void>((resolve) => output.once('drain', resolve));
  };
  return {
    async write(row) {
      pending.push(row);
      size += row.length;
      if (size > PIECE) await flush();
    },
    async end() {
      await flush();
      await new Promise<void>((resolve) => output.write('', () => resolve()));
    },
  };
}

/** Lines without their ends; they may be many megabytes long. */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let pieces: Uint8Array[] = [];
  for await (const chunk of input) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      pieces.push(chunk.subarray(from, end));
      yield Buffer.concat(pieces);
      pieces = [];
      from = end + 1;
    }
    if (from < chunk.length) pieces.push(chunk.subarray(from));
  }
  if (pieces.length > 0) yield Buffer.concat(pieces);
}

/** Text of lines FILE TAB START TAB LINE that follow each other and begin alike, with their ends. */
export interface Block {
  file: string;
  start: number;
  text: Uint8Array;
}

/** Takes FILE and START off the lines. A line may be cut between chunks, but no block ends inside a line. */
export async function* blocksOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<Block> {
  let carried: Uint8Array[] = [];
  let prefix = Buffer.from('\n'); // of the line before: none begins with it
  let [file, start] = ['', 0];
  for await (const chunk of input) {
    const last = chunk.lastIndexOf(10) + 1;
    if (last === 0) {
      carried.push(chunk);
      continue;
    }
    const bytes = Buffer.concat([...carried, chunk.subarray(0, last)]);
    carried = [chunk.slice(last)];
    const text = Buffer.allocUnsafe(bytes.length);
    let [from, length] = [0, 0];
    for (let at = 0, end = 0; at < bytes.length; at = end) {
      end = bytes.indexOf(10, at) + 1;
      if (bytes.compare(prefix, 0, prefix.length, at, Math.min(at + prefix.length, bytes.length)) !== 0) {
        if (length > from) yield { file, start, text: text.subarray(from, length) };
        from = length;
        const tab = bytes.indexOf(9, at);
        prefix = Buffer.from(bytes.subarray(at, bytes.indexOf(9, tab + 1) + 1));
        file = bytes.toString('utf8', at, tab);
        start = Number(bytes.toString('latin1', tab + 1, at + prefix.length - 1));
      }
      length += bytes.copy(text, length, at + prefix.length, end);
    }
    if (length > from) yield { file, start, text: text.subarray(from, length) };
  }
}
