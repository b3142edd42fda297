// What a file holds, as messages quote it.
import { quotable } from '../../base/printable.ts';

/** A parsed JSON value for a message, at most 80 characters. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `"${quotable(value)}"`;
  try {
    return quotable(JSON.stringify(value));
  } catch {
    return 'a list of lists too deep to show'; // JSON.parse goes deeper than JSON.stringify
  }
}

/** A short, printable quotation of bytes for a message. */
export function quote(bytes: Uint8Array): string {
  const shown = new TextDecoder().decode(bytes.subarray(0, 40)).replace(/[\p{Cc}\uFFFD]/gu, '?');
  return `"${shown}${bytes.length > 40 ? '...' : ''}"`;
}
