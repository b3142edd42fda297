// Lists of words as files: text, CSV (RFC 4180) and JSON. Text and JSON have the words as they are; in CSV those that a
// spreadsheet would take for formulas begin with an apostrophe.

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

/**
 * A spreadsheet takes a text that begins with one of these signs for a formula. After an apostrophe it does not, as OWASP
 * advises ("CSV injection").
 */
const formula = /^[=+\-@＝＋－＠\t\r\n]/;

function csvCell(cell: Cell): string {
  const text = typeof cell === 'string' && formula.test(cell) ? `'${cell}` : `${cell ?? ''}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
