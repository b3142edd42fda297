// Lists of words as files: text, CSV (RFC 4180) and JSON.

export type ListFormat = 'text' | 'csv' | 'json';

export const listFormats: Readonly<Record<ListFormat, { extension: string; type: string; name: string }>> = {
  text: { extension: 'txt', type: 'text/plain', name: 'text' },
  csv: { extension: 'csv', type: 'text/csv', name: 'CSV' },
  json: { extension: 'json', type: 'application/json', name: 'JSON' },
};

export type Cell = string | number | undefined;

/** The first column has the words; text is that column alone. */
export function listText(format: ListFormat, columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  if (format === 'text') return rows.map(([word]) => `${word ?? ''}\n`).join('');
  if (format === 'csv') return [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
  const objects = rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at] ?? null])));
  return `${JSON.stringify(objects, null, 1)}\n`;
}

function csvCell(cell: Cell): string {
  const text = `${cell ?? ''}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
