// A comparison on the terminal: the report's tables in plain text.
import type { ChalkInstance } from 'chalk';
import type { ComparisonDocument } from '../report/comparison-document.ts';
import { introduction, reportTitle } from '../report/markdown.ts';
import { comparisonTables } from '../report/tables.ts';
import { formatTable } from './table.ts';

export function comparisonLines(document: ComparisonDocument, colors: ChalkInstance): string[] {
  const { routes, notes } = document;
  const lines = [colors.bold(reportTitle(document)), ...introduction(document), ''];
  lines.push(
    ...formatTable(
      [{ title: '' }, { title: '' }],
      routes.map(({ name, title }) => [name, title]),
    ),
  );
  for (const { id, title, caption, columns, rows } of comparisonTables(document)) {
    const [head, ...body] = formatTable(columns, rows);
    const isWord = id.startsWith('word-');
    lines.push('', colors.bold(title), ...(isWord ? [] : [colors.dim(caption)]), colors.cyan(head), ...body);
  }
  if (notes.length > 0) lines.push('', ...notes);
  return lines;
}
