// The one error for files that are not what they claim: where, what was observed, what was expected.
import { W2vError } from '../../errors.ts';
import { quotable } from '../../printable.ts';

/** `where` is the file, file:line or 'file at byte N'; `observed` says what stands there and what was expected. */
export function malformed(where: string, observed: string, hint?: string): W2vError {
  return new W2vError(
    'file-malformed',
    `${where}: ${observed}`,
    hint ?? 'the file seems damaged or cut short: copy, download or make it again',
  );
}

/** A value that JSON.parse gave, for a message: at most 80 characters of it. */
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
