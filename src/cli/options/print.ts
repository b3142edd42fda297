// What is printed, and how: --json, --tsv and --quiet mean the same in every command.
import type { Command } from 'commander';
import { W2vError } from '../../errors.ts';

export interface PrintOptions {
  json?: boolean;
  tsv?: boolean;
  quiet?: boolean;
}

/** --json, --quiet, and --tsv where the results are records. */
export function addPrintOptions(command: Command, { tsv = false } = {}): void {
  command.option('--json', 'print one JSON document to standard output');
  if (tsv) command.option('--tsv', 'print tab-separated lines without headings to standard output');
  command.option('--quiet', 'print results and errors only: no progress, notes, summary or prompt');
}

export function checkPrintOptions({ json, tsv }: PrintOptions): void {
  if (json && tsv) throw new W2vError('usage', '--json and --tsv are both given', 'choose one of them');
}

/** A line of cells; a tab or line end within one becomes a space, and what is null an empty cell. */
export function tsvLine(cells: readonly (string | number | null)[]): string {
  return cells.map((cell) => String(cell ?? '').replace(/[\t\n\r]/g, ' ')).join('\t');
}
