// What is printed, and how: --json, --tsv and --quiet mean the same in every command.
import { type OptionsOf, option } from './option.ts';

const form = 'it decides the form of the output, on which programs rely';

export const json = option({
  flags: '--json',
  text: 'print one JSON document to standard output',
  prints: true,
  lineOnly: form,
  basic: true,
});
export const tsv = option({
  flags: '--tsv',
  text: 'print tab-separated lines without headings to standard output',
  prints: true,
  lineOnly: form,
});
export const markdown = option({
  flags: '--markdown',
  text: 'print Markdown to standard output',
  prints: true,
  lineOnly: form,
});
export const quiet = option({
  flags: '--quiet',
  text: 'print only results and errors: no progress, notes, summary or prompt',
});
export const force = option({
  flags: '--force',
  text: 'overwrite existing files (default: false)',
  lineOnly: 'it overwrites files',
  basic: true,
});

export const printing = [json, quiet] as const;
/** Where the results are records. */
export const printingRecords = [json, tsv, quiet] as const;

export type PrintOptions = OptionsOf<typeof printingRecords>;

/** A line of cells; a tab or line end within one becomes a space, and what is null an empty cell. */
export function tsvLine(cells: readonly (string | number | null)[]): string {
  return cells.map((cell) => String(cell ?? '').replace(/[\t\n\r]/g, ' ')).join('\t');
}
