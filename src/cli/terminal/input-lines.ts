// Lines of standard input in batches: the lines received so far are answered together, without waiting for more.
import { StringDecoder } from 'node:string_decoder';
import { malformed, throwIfAborted, W2vError } from '../../base/errors.ts';
import { type CommandContext, say } from '../context.ts';

export interface InputLine {
  /** Trimmed, not empty. */
  text: string;
  /** From 1 on. */
  line: number;
}

/** See problems.ts. */
interface Collected {
  malformed(error: W2vError): void;
}

const LONGEST = 1 << 24; // characters of a line

/**
 * The lines that are not blank; a batch for each piece that comes. Throws `file-malformed` on one beyond 16 M
 * characters.
 */
export async function* lineBatches(input: AsyncIterable<Uint8Array>): AsyncGenerator<InputLine[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let line = 0;
  const numbered = (texts: string[]) =>
    texts.map((text) => ({ text: text.trim(), line: ++line })).filter(({ text }) => text !== '');
  for await (const chunk of input) {
    const lines = decoder.write(chunk).split('\n');
    lines[0] = rest + lines[0];
    rest = lines.pop()!;
    const batch = numbered(lines);
    if (batch.length > 0) yield batch;
    if (rest.length > LONGEST) {
      const observed = `standard input:${line + 1}: more than ${LONGEST} characters without a line end`;
      throw malformed(observed, 'put one question on each line');
    }
  }
  const last = numbered([rest + decoder.end()]);
  if (last.length > 0) yield last;
}

/**
 * What `parse` makes of each line, in batches. The reading ends at a line that is malformed, which becomes one of
 * `problems`: the lines before it are answered.
 */
export async function* parsedBatches<T>(
  input: AsyncIterable<Uint8Array>,
  problems: Collected,
  parse: (line: InputLine) => T,
): AsyncGenerator<T[]> {
  const parsed: T[] = [];
  try {
    for await (const batch of lineBatches(input)) {
      for (const line of batch) parsed.push(parse(line));
      yield parsed.splice(0);
    }
  } catch (error) {
    if (!(error instanceof W2vError) || error.code !== 'file-malformed') throw error;
    if (parsed.length > 0) yield parsed;
    problems.malformed(error);
  }
}

/** All lines of standard input, as `parsedBatches`. `what`: the content of a line, for the message on a terminal. */
export async function allLines<T>(
  context: CommandContext,
  problems: Collected,
  { what, quiet }: { what: string; quiet: boolean },
  parse: (line: InputLine) => T,
): Promise<T[]> {
  if (context.stdin.isTTY && !quiet) say(context, `Reading from the terminal, ${what} on each line; Ctrl-D ends.`);
  const parsed: T[] = [];
  for await (const batch of parsedBatches(context.stdin, problems, parse)) {
    throwIfAborted(context.signal);
    for (const one of batch) parsed.push(one);
  }
  return parsed;
}

/** The words of a line: between tabs where there are any, else between spaces. */
export function wordsOf(text: string): string[] {
  return text.includes('\t') ? text.split('\t').map((word) => word.trim()) : text.split(/\s+/);
}

/** Parses a line. A `usage` error becomes `file-malformed` with the line number: `standard input:3: ...`. */
export function parseLine<T>({ text, line }: InputLine, parse: (text: string) => T): T {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof W2vError) || error.code !== 'usage') throw error;
    throw malformed(`standard input:${line}: ${error.message}`, error.hint, { cause: error });
  }
}
