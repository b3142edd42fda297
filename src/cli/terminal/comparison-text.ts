// A comparison on the terminal: the report's tables in plain text, with control characters escaped.
import type { ChalkInstance } from 'chalk';
import { printable } from '../../printable.ts';
import type { ComparisonDocument } from '../../report/comparison-document.ts';
import { introduction, reportTitle } from '../../report/markdown.ts';
import type { ReportTable } from '../../report/report-table.ts';
import { comparisonTables } from '../../report/tables.ts';
import { formatTable } from './table.ts';

export function comparisonLines(document: ComparisonDocument, colors: ChalkInstance): string[] {
  const { routes, notes } = document;
  const lines = [
    colors.bold(printable(reportTitle(document))),
    ...introduction(document).map((line) => printable(line)),
    '',
  ];
  lines.push(
    ...formatTable(
      [{ title: '' }, { title: '' }],
      routes.map(({ name, title }) => [printable(name), printable(title)]),
    ),
  );
  for (const table of comparisonTables(document)) {
    const [head, ...body] = tableLines(table);
    const isWord = table.id.startsWith('word-');
    const caption = isWord ? [] : [colors.dim(printable(table.caption))];
    lines.push('', colors.bold(printable(table.title)), ...caption, colors.cyan(head), ...body);
  }
  if (notes.length > 0) lines.push('', ...notes.map((note) => printable(note)));
  return lines;
}

/** Its head and rows. */
export function tableLines({ columns, rows }: ReportTable): string[] {
  return formatTable(
    columns.map((column) => ({ ...column, title: printable(column.title) })),
    rows.map((row) => row.map((cell) => printable(cell))),
  );
}
