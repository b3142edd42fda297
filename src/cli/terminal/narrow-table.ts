// Report tables for people at a terminal: the same figures as in the report, laid out to fit 79 columns.

import stringWidth from 'string-width';
import { printable } from '../../base/printable.ts';
import type { ReportTable } from '../../page/report-table.ts';
import { continuedBelow, formatTable, type TableColumn, tableWidth } from './table.ts';
import { wrapped } from './text-width.ts';

/** One less than the usual 80: some terminals break a line that fills the last column. */
const WIDTH = 79;
const NARROWEST_LIST = 20;

type Table = Pick<ReportTable, 'columns' | 'rows'>;

/** How the rows of a table that is too wide are put under headings. */
interface Grouping {
  /** Titles of the columns that go into the heading. */
  by: string[];
  heading(names: string[]): string;
  /** What the items of a set are, where the heading counts them. */
  items?: string;
}

const ofSet = { by: ['set'], heading: ([set]: string[]) => set! };
const withFirst = { by: ['first'], heading: ([first]: string[]) => `${first} and` };

/** By the id of the table. */
const groupings: Record<string, Grouping> = {
  pairs: { ...ofSet, items: 'pairs' },
  analogies: { ...ofSet, items: 'questions' },
  differences: { by: ['first', 'second'], heading: ([first, second]) => `${first} less ${second}` },
  spread: ofSet,
  agreement: withFirst,
  overlap: withFirst,
};

/** Its head and rows. Names that are too long for 79 columns stand on lines of their own. */
export function tableLines({ id, columns, rows }: ReportTable): string[] {
  const table = {
    columns: columns.map((column) => ({ ...column, title: printable(column.title) })),
    rows: rows.map((row) => row.map((cell) => printable(cell))),
  };
  if (id === 'disagreements') return listLines(table.columns, table.rows, WIDTH);
  if (id === 'sections') return inBlocks(table, 1);
  if (id.startsWith('word-')) return inBlocks(table, 0);
  const grouping = groupings[id];
  if (grouping === undefined) return withLongNames(table);
  const short = withIntervals(withoutSeeds(withMeasure(withShortP(table))));
  return fits(short) ? formatTable(short.columns, short.rows) : withLongNames(grouped(short, grouping));
}

/** A table whose last column is a list or a sentence, which goes on below itself. */
export function listLines(columns: readonly TableColumn[], rows: readonly string[][], width = WIDTH): string[] {
  const last = columns.length - 1;
  const before = tableWidth(columns.slice(0, last), rows);
  const room = Math.max(NARROWEST_LIST, width - before - 2);
  // A path is not cut: it could not be copied.
  const linesOf = (text: string) =>
    text.split(' ').some((word) => stringWidth(word) > room) ? [text] : wrapped(text, room);
  return formatTable(columns, continuedBelow(rows, linesOf));
}

/** Without the column of seeds where all are 1, as the caption says. */
function withoutSeeds(table: Table): Table {
  const at = place(table, 'seeds');
  return at >= 0 && table.rows.every((row) => row[at] === '1') ? without(table, [at]) : table;
}

/** `google-analogies, 3CosAdd` in one cell. Sets of word pairs have one measure only, which need not be named. */
function withMeasure(table: Table): Table {
  const [set, measure] = [place(table, 'set'), place(table, 'measure')];
  if (measure < 0) return table;
  const rows = table.rows.map((row) =>
    row.map((cell, at) => (at === set && row[measure] !== 'Spearman' ? `${cell}, ${row[measure]}` : cell)),
  );
  return without({ ...table, rows }, [measure]);
}

/** Two p-values in a row leave no room for a long title and a space. */
function withShortP(table: Table): Table {
  const columns = table.columns.map((column) =>
    column.title === 'p, corrected' ? { ...column, title: 'Holm' } : column,
  );
  const isP = columns.map(({ title }) => title === 'p' || title === 'Holm');
  return { columns, rows: table.rows.map((row) => row.map((cell, at) => (isP[at] ? cell.replace('< ', '<') : cell))) };
}

/** Each score with its interval in one cell: `0.010 (0.002 to 0.021)`. */
function withIntervals(table: Table): Table {
  const intervals = table.columns.flatMap(({ title }, at) => (title === '95 % interval' ? [at] : []));
  const scores = intervals.map((at) => at - 1);
  const widths = table.columns.map((_, at) => Math.max(0, ...table.rows.map((row) => stringWidth(row[at]))));
  const columns = table.columns.map(({ title, ...column }, at) =>
    scores.includes(at) ? { title: `${title}, 95 % interval` } : { title, ...column },
  );
  const rows = table.rows.map((row) =>
    row.map((cell, at) => {
      if (!scores.includes(at)) return cell;
      const value = cell.padStart(widths[at]);
      return row[at + 1] === '–' ? value : `${value} (${row[at + 1]})`;
    }),
  );
  return without({ columns, rows }, intervals);
}

/** Headings, and below each its rows, indented. */
function grouped(table: Table, { by, heading, items }: Grouping): Table {
  const keys = by.map((title) => place(table, title));
  const counts = items === undefined ? -1 : table.columns.length - 1;
  const names = (row: string[]) => keys.map((at) => row[at]);
  const rows = table.rows.flatMap((row, number) => {
    const [count, total] = counts < 0 ? [] : row[counts].split(' of ');
    const cells = without({ columns: [], rows: [counts < 0 ? row : row.with(counts, count!)] }, keys).rows[0];
    const before = table.rows[number - 1];
    const isFirst = before === undefined || names(row).some((name, at) => name !== names(before)[at]);
    const title = total === undefined ? heading(names(row)) : `${heading(names(row))} (${total} ${items})`;
    return [...(isFirst ? [[title]] : []), indented(cells)];
  });
  const [first, ...others] = without({ columns: table.columns, rows: [] }, keys).columns;
  return { columns: [{ ...first!, title: `  ${first!.title}` }, ...others], rows };
}

function indented([first, ...others]: string[]): string[] {
  return [`  ${first}`, ...others];
}

/** A name in the first column that leaves no room for the others, and a heading, stand on a line of their own. */
function withLongNames({ columns, rows }: Table): string[] {
  const [first, ...others] = columns;
  const room =
    WIDTH -
    2 -
    tableWidth(
      others,
      rows.map((row) => row.slice(1)),
    );
  const cells = rows.filter((row) => row.length > 1).map((row) => stringWidth(row[0]));
  const widest = Math.max(stringWidth(first!.title), ...cells.filter((width) => width <= room));
  const broken = rows.flatMap((row) =>
    row.length > 1 && stringWidth(row[0]) > widest ? [[row[0]], ['', ...row.slice(1)]] : [row],
  );
  return formatTable([{ ...first!, widest }, ...others], broken);
}

/** As many columns side by side as fit, the others below, each block with the first `labels` columns. */
function inBlocks({ columns, rows }: Table, labels: number): string[] {
  const lines: string[] = [];
  const part = (from: number, to: number) => {
    const cut = <T>(cells: readonly T[]) => [...cells.slice(0, labels), ...cells.slice(from, to)];
    return { columns: cut(columns), rows: rows.map(cut) };
  };
  for (let from = labels; from < columns.length; ) {
    let to = from + 1;
    while (to < columns.length && fits(part(from, to + 1))) to++;
    const block = part(from, to);
    lines.push(...(lines.length > 0 ? [''] : []), ...formatTable(block.columns, block.rows));
    from = to;
  }
  return lines;
}

function fits({ columns, rows }: Table): boolean {
  return tableWidth(columns, rows) <= WIDTH;
}

function place({ columns }: Table, title: string): number {
  return columns.findIndex((column) => column.title === title);
}

function without({ columns, rows }: Table, places: readonly number[]): Table {
  const left = <T>(cells: readonly T[]) => cells.filter((_, at) => !places.includes(at));
  return { columns: left(columns), rows: rows.map(left) };
}
