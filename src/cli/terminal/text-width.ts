// Text within a number of columns: broken at spaces, where the terminal itself would break inside a word, or cut.
import stringWidth from 'string-width';
import type { OutputStream } from './terminal.ts';

const NARROWEST = 20; // columns; below this, breaking does not help

/** Text for the stream: on a terminal with lines that fit it, otherwise as it is. */
export function fitted({ isTTY, columns }: OutputStream, text: string): string {
  if (isTTY !== true || columns === undefined || columns < NARROWEST) return text;
  return text
    .split('\n')
    .flatMap((line) => linesWithin(line, columns))
    .join('\n');
}

/** The columns of a terminal beside `taken` ones, at least 20; undefined for what has no width. */
export function roomBeside({ columns }: OutputStream, taken: number): number | undefined {
  return columns ? Math.max(NARROWEST, columns - taken) : undefined;
}

/** A space, and a word or a command up to the end of its clause: one broken in two cannot be copied. */
const clauses = /(\s*)(w2v\s.*?(?:[;,.)](?=\s)|$)|\S+)/g;

/** Later lines are indented as the first; a word that is too long by itself stays whole. */
function linesWithin(line: string, columns: number): string[] {
  if (stringWidth(line) <= columns) return [line];
  const indent = /^ */.exec(line)![0];
  const lines: string[] = [];
  let current = '';
  for (const [, space = '', piece = ''] of line.slice(indent.length).matchAll(clauses)) {
    if (current !== '' && stringWidth(indent + current + space + piece) > columns) {
      lines.push(indent + current);
      current = piece;
    } else current += current === '' ? piece : space + piece;
  }
  return [...lines, indent + current];
}

/** Broken at spaces; a word that is too long by itself is cut into pieces. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((word) => pieces(word, width))) {
    if (line !== '' && stringWidth(line) + 1 + stringWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function pieces(word: string, width: number): string[] {
  if (stringWidth(word) <= width) return [word];
  const found = [''];
  for (const character of word) {
    if (stringWidth(found.at(-1)! + character) > width) found.push('');
    found[found.length - 1] += character;
  }
  return found;
}

/** At most `width` columns of the text; one that is longer ends in an ellipsis. */
export function cutTo(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  return `${pieces(text, width - 1)[0]}…`;
}
