// Columns of text, aligned by the width a terminal gives each character (East Asian ones are two cells wide).
import stringWidth from 'string-width';
import { printable } from '../../base/printable.ts';
import type { OutputStream } from './terminal.ts';

export interface TableColumn {
  title: string;
  align?: 'left' | 'right';
  /** A wider cell sticks out, and does not widen the column. */
  widest?: number;
}

/** Lines without a line end; two spaces between columns, nothing after the last. */
export function formatTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string[] {
  const titles = columns.map((column) => column.title);
  const lines = titles.some((title) => title !== '') ? [titles, ...rows] : rows;
  const widths = columns.map(({ widest = Number.POSITIVE_INFINITY }, index) =>
    lines.reduce((most, line) => {
      const width = stringWidth(line[index] ?? '');
      return width > widest ? most : Math.max(most, width);
    }, 0),
  );
  return lines.map((line) =>
    columns
      .map((column, index) => {
        const text = line[index] ?? '';
        const space = ' '.repeat(Math.max(0, widths[index] - stringWidth(text)));
        return column.align === 'right' ? space + text : text + space;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** How wide its lines are at most. */
export function tableWidth(columns: readonly { title: string }[], rows: readonly (readonly string[])[]): number {
  const widths = columns.map(({ title }, at) =>
    rows.reduce((most, row) => Math.max(most, stringWidth(row[at] ?? '')), stringWidth(title)),
  );
  return widths.reduce((sum, width) => sum + width, 2 * Math.max(0, widths.length - 1));
}

/** Rows whose last cell goes on below itself, in rows that are empty otherwise. */
export function continuedBelow(rows: readonly (readonly string[])[], linesOf: (text: string) => string[]): string[][] {
  return rows.flatMap((row) =>
    linesOf(row.at(-1)!).map((line, at) => [...row.slice(0, -1).map((cell) => (at === 0 ? cell : '')), line]),
  );
}

/** A column of words: few are wider than this. */
export const wordColumn: TableColumn = { title: '', widest: 40 };
const scoreColumn: TableColumn = { title: '', align: 'right' };

/** Words with their scores, of three decimals. */
export function scoreTable(answers: readonly { word: string; score: number }[]): string[] {
  return formatTable(
    [wordColumn, scoreColumn],
    answers.map(({ word, score }) => [word, score.toFixed(3)]),
  );
}

/** Words as printed: with control characters escaped on a terminal, unchanged elsewhere. */
export function wordsFor(stream: OutputStream): (word: string) => string {
  return stream.isTTY ? (word) => printable(word) : (word) => word;
}
