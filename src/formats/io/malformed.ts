// Makes the error for malformed files: where, what was observed, what was expected.
import { W2vError } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';

/** `where` is the file, file:line or 'file at byte N'; `observed` says what was found there and what was expected. */
export function malformed(where: string, observed: string, hint?: string): W2vError {
  return new W2vError(
    'file-malformed',
    `${where}: ${observed}`,
    hint ?? 'the file seems damaged or truncated: copy, download or create it again',
  );
}

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
