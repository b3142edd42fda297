// The tokenizers once more, plainly: decode all of the text, split it with regular expressions.
import { LONGEST_TOKEN } from '../../src/corpus/token-rules.ts';

export interface NaiveResult {
  /** Tokens of each line that has any. */
  lines: string[][];
  overlong: number;
}

export function naiveTokens(bytes: Uint8Array, tokenizer: 'words' | 'whitespace', keepCase: boolean): NaiveResult {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let overlong = 0;
  const lines = text.split('\n').map((line) => {
    const raw =
      tokenizer === 'words'
        ? (line.match(/[\p{L}\p{M}\p{N}]+(?:['\u2019\-\u2010][\p{L}\p{M}\p{N}]+)*/gu) ?? [])
        : withPlainSpaces(line)
            .split(/\p{White_Space}+/u)
            .filter((token) => token !== '');
    return raw.flatMap((token) => {
      if (Buffer.byteLength(token) > LONGEST_TOKEN) {
        overlong++;
        return [];
      }
      if (tokenizer === 'whitespace') return [token];
      if (!/[\p{L}\p{N}]/u.test(token)) return [];
      const joined = token.replaceAll('\u2019', "'").replaceAll('\u2010', '-').normalize('NFC');
      return [keepCase ? joined : joined.toLowerCase().normalize('NFC')];
    });
  });
  return { lines: lines.filter((line) => line.length > 0), overlong };
}

/** Bytes that stand for no character: what is left when all that decoded properly is taken away. */
export function naiveInvalidBytes(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const proper = Buffer.from(text.replaceAll('\ufffd', '')).length;
  let written = 0; // U+FFFD that stand in the text themselves
  for (let at = 0; at + 2 < bytes.length; at++) {
    if (bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) written += 3;
  }
  return bytes.length - proper - written;
}

/** Python's str.split() takes these four for white space too. */
function withPlainSpaces(line: string): string {
  return ['\x1c', '\x1d', '\x1e', '\x1f'].reduce((text, separator) => text.replaceAll(separator, ' '), line);
}
