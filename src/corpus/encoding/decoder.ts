// Text in another encoding as UTF-8, in chunks of any size. Bytes that mean nothing become U+FFFD, as in UTF-8.
import type { Decoder, EncodingName } from './encodings.ts';
import { koreanText } from './korean.ts';

export function createDecoder(encoding: EncodingName): Decoder {
  if (encoding === 'euc-kr') return koreanText();
  const decoder = new TextDecoder(encoding);
  const fixed = encoding === 'windows-1252' ? withWindowsMarks : (text: string) => text;
  return { write: (bytes) => fixed(decoder.decode(bytes, { stream: true })), end: () => fixed(decoder.decode()) };
}

// Node decodes windows-1252 as Latin-1, where these are control characters.
const marks = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function withWindowsMarks(text: string): string {
  return text.replace(/[\x80-\x9f]/g, (control) => marks[control.charCodeAt(0) - 0x80]);
}
