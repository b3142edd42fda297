// Gives lists of words to the user: as a download, or on the clipboard.
import { type Cell, type ListFormat, listFormats, listText } from '../word-lists.ts';
import { make } from './elements.ts';

export function saveList(
  name: string,
  format: ListFormat,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): void {
  const { extension, type } = listFormats[format];
  const address = URL.createObjectURL(new Blob([listText(format, columns, rows)], { type: `${type};charset=utf-8` }));
  const link = make('a', { href: address, download: `${name}.${extension}`, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // browsers read it after the click
}

/** Whether it could be copied. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
