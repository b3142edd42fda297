// Plots in characters: bars lie, points and lines are on a grid with the range written at its edges.
import stringWidth from 'string-width';
import type { Plot, Point } from '../../explain/blocks.ts';
import type { Strings } from '../../explain/strings/strings.ts';
import { wrapped } from './text-width.ts';

const HEIGHT = 12;
const MARKS = ['*', 'o', '+', 'x', '#', '@'];
const LABEL = 14; // columns for what a bar is of

/** `withoutRoom` says which points have no label. */
export function plotLines(plot: Plot, width: number, withoutRoom: Strings['withoutRoom']): string[] {
  return plot.form === 'bars' ? barLines(plot, width) : gridLines(plot, width, withoutRoom);
}

function barLines({ series }: Plot, width: number): string[] {
  const largest = Math.max(...series.flatMap(({ points }) => points.map(({ y }) => y)));
  const room = width - LABEL - 10;
  const marks = ['█', '░'];
  const lines = series[0].points.flatMap((first, i) =>
    series.map(({ points }, s) => {
      const { y } = points[i];
      const label = s === 0 ? shortLabel(first.label ?? '') : ' '.repeat(LABEL);
      const bar = marks[s % marks.length].repeat(Math.round((room * y) / (largest || 1)));
      return `${label} ${bar} ${y.toFixed(3)}`;
    }),
  );
  return [...lines, series.map(({ name }, s) => `${marks[s % marks.length]} ${name}`).join('   ')];
}

/** Three digits: 1.95, 0.341, 1000. */
function short(value: number): string {
  return `${Number(value.toPrecision(3))}`;
}

function shortLabel(label: string): string {
  let text = '';
  for (const character of label) if (stringWidth(text + character) <= LABEL) text += character;
  return ' '.repeat(LABEL - stringWidth(text)) + text;
}

function gridLines({ form, series, x, y }: Plot, width: number, withoutRoom: Strings['withoutRoom']): string[] {
  const all = series
    .flatMap(({ points }) => points)
    .filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y));
  const [left, right] = rangeOf(all.map((point) => point.x));
  const [bottom, top] = rangeOf(all.map((point) => point.y));
  const columns = width - 12;
  const grid = Array.from({ length: HEIGHT }, () => new Array<string>(columns).fill(' '));
  const columnOf = (value: number) => Math.round(((value - left) / (right - left)) * (columns - 1));
  const rowOf = (value: number) => HEIGHT - 1 - Math.round(((value - bottom) / (top - bottom)) * (HEIGHT - 1));
  const missing: string[] = [];
  for (const [s, { points }] of series.entries()) {
    for (const point of points) {
      if (!Number.isFinite(point.y)) continue;
      const row = grid[rowOf(point.y)];
      if (form !== 'points') row[columnOf(point.x)] = MARKS[s % MARKS.length];
      else if (!writeLabel(row, columnOf(point.x), point)) missing.push(point.label ?? '');
    }
  }
  const edge = (value: number) => short(value).padStart(9);
  const lines = grid.map((row, i) => {
    const label = i === 0 ? edge(top) : i === HEIGHT - 1 ? edge(bottom) : ' '.repeat(9);
    return `${label} |${row.join('')}`.trimEnd();
  });
  const low = short(left);
  const high = short(right);
  const middle = ' '.repeat(Math.max(1, columns - low.length - high.length));
  const legend =
    form === 'points' ? [] : [series.map(({ name }, s) => `${MARKS[s % MARKS.length]} ${name}`).join('   ')];
  return [
    ...lines,
    `${' '.repeat(10)}+${'-'.repeat(columns)}`,
    `${' '.repeat(11)}${low}${middle}${high}`,
    ` ${y} / ${x}`,
    ...legend.flatMap((line) => foldLegend(line, width)),
    ...(missing.length > 0 ? wrapped(withoutRoom(missing.join(', ')), width) : []),
  ];
}

/**
 * A point as `+word`, to its left where there is no room to its right; what is there already stays. Returns whether the
 * word is there.
 */
function writeLabel(row: string[], column: number, { label = '' }: Point): boolean {
  const text = `+${label}`;
  const size = stringWidth(text);
  const start = column + size <= row.length ? column : Math.max(0, column + 1 - size);
  const shown = start === column ? text : `${label}+`;
  if (row.slice(start, start + size).some((cell) => cell !== ' ')) {
    row[column] = row[column] === ' ' ? '+' : row[column];
    return false;
  }
  let at = start;
  for (const character of shown) {
    row[at] = character;
    // A wide character takes the cell after it too.
    for (let cell = 1; cell < stringWidth(character); cell++) row[at + cell] = '';
    at += Math.max(1, stringWidth(character));
  }
  return true;
}

/** With room where all values are equal. */
function rangeOf(values: readonly number[]): [number, number] {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (low === high) return [low - 1, high + 1];
  return [low, high];
}

function foldLegend(line: string, width: number): string[] {
  const lines = [''];
  for (const entry of line.split('   ')) {
    const last = lines.at(-1)!;
    if (last !== '' && stringWidth(last) + 3 + stringWidth(entry) > width) lines.push(entry);
    else lines[lines.length - 1] = last === '' ? entry : `${last}   ${entry}`;
  }
  return lines;
}
