// Lines of standard input in batches: all that has come is answered together, and nothing waits for what has not.

import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** The lines that are not blank, trimmed, with their numbers from 1 on; a batch for each piece that comes. */
export async function* lineBatches(stdin: Readable): AsyncGenerator<{ text: string; line: number }[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let line = 0;
  const numbered = (texts: string[]) =>
    texts.map((text) => ({ text: text.trim(), line: ++line })).filter(({ text }) => text !== '');
  for await (const chunk of stdin) {
    const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
    rest = lines.pop()!;
    const batch = numbered(lines);
    if (batch.length > 0) yield batch;
  }
  const last = numbered([rest + decoder.end()]);
  if (last.length > 0) yield last;
}

/** All of them at once. */
export async function allLines(stdin: Readable): Promise<{ text: string; line: number }[]> {
  const lines: { text: string; line: number }[] = [];
  for await (const batch of lineBatches(stdin)) for (const one of batch) lines.push(one);
  return lines;
}

/** The words of a line: between tabs where there are any, else between spaces. */
export function wordsOf(text: string): string[] {
  return text.includes('\t') ? text.split('\t').map((word) => word.trim()) : text.split(/\s+/);
}
