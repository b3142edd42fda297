// Bytes of UTF-8 text, in chunks cut anywhere -> tokens as byte ranges, and line ends. No string a token.
// What a token is: token-rules.ts. Invalid UTF-8 is replaced as the WHATWG decoder does (TextDecoder; Unicode 3.9, "maximal
// subpart"): each longest start of a valid sequence, or single stray byte, becomes one U+FFFD.
import { W2vError } from '../errors.ts';
import { CHARACTER, type TokenRules } from './token-rules.ts';

/** Longer tokens, in bytes as they stand in the text, are dropped and counted: a file without spaces is no word. */
export const LONGEST_TOKEN = 1024;

export interface TokenSink {
  /**
   * A token: `bytes[start .. end)`, valid until the call returns, with its last eight bytes as two big-endian 32-bit
   * integers (a shorter token has zeros before it). `folded`: the word is still to be brought to its final form (and its
   * bytes may not be UTF-8).
   */
  token(bytes: Uint8Array, start: number, end: number, low: number, high: number, folded: boolean): void;
  /** After each line, and after the last one of a file even if no \n follows. */
  lineEnd(): void;
}

export interface Tokenizer {
  /** `name` and `offset`, the place of the first byte to come, are for errors. */
  startFile(name: string, offset: number): void;
  /** Takes the next bytes of the file. Throws `not-text` at a NUL byte, naming the file and the offset. */
  write(chunk: Uint8Array): void;
  /** Ends the file, which ends its last token and line. */
  endFile(): void;
  invalidBytes(): number;
  overlongTokens(): number;
  lines(): number;
}

const WORK = 1 << 18; // bytes scanned in one go
const INCOMPLETE = -1;
const LENGTH_SHIFT = 4; // a decoded character: class | length << 4 | INVALID
const CLASS_MASK = 15;
const LENGTH_MASK = 7;
const INVALID = 128;
const LINE_FEED = 0x0a;

/** A tokenizer that calls `sink` for each token and line end. The result does not depend on how the bytes are cut. */
export function createTokenizer(rules: TokenRules, sink: TokenSink): Tokenizer {
  const { byteClass, fold, classOf, invalidClass } = rules;
  // The carried start of an unfinished token, then new bytes, then one line feed that stops every inner loop.
  const bytes = new Uint8Array(LONGEST_TOKEN + 16 + WORK + 1);
  let carried = 0;
  let insideOverlong = false; // the carried bytes go on a token already known to be too long
  let name = '';
  let scannedBefore = 0; // bytes of this file before bytes[0]
  let lineOpen = false;
  let invalidBytes = 0;
  let overlongTokens = 0;
  let lines = 0;

  const invalid = (length: number) => invalidClass | (length << LENGTH_SHIFT) | INVALID;

  /** The character at `at`, or INCOMPLETE where the next chunk must tell. */
  function decode(at: number, end: number, last: boolean): number {
    const first = bytes[at]!;
    if (first < 0xc2 || first > 0xf4) return invalid(1);
    if (at + 1 >= end && !last) return INCOMPLETE;
    const second = bytes[at + 1]!;
    if (first < 0xe0) {
      if ((second & 0xc0) !== 0x80) return invalid(1);
      return classOf(((first & 0x1f) << 6) | (second & 0x3f)) | (2 << LENGTH_SHIFT);
    }
    // No overlong forms (E0, F0), no surrogates (ED), nothing beyond U+10FFFF (F4).
    const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) return invalid(1);
    if (at + 2 >= end && !last) return INCOMPLETE;
    const third = bytes[at + 2]!;
    if ((third & 0xc0) !== 0x80) return invalid(2);
    if (first < 0xf0) {
      return classOf(((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f)) | (3 << LENGTH_SHIFT);
    }
    if (at + 3 >= end && !last) return INCOMPLETE;
    const fourth = bytes[at + 3]!;
    if ((fourth & 0xc0) !== 0x80) return invalid(3);
    const codePoint = ((first & 0x07) << 18) | ((second & 0x3f) << 12) | ((third & 0x3f) << 6) | (fourth & 0x3f);
    return classOf(codePoint) | (4 << LENGTH_SHIFT);
  }

  /** Moves the bytes from `from` to the front, to be looked at again with the next chunk. */
  function carry(from: number, end: number): void {
    bytes.copyWithin(0, from, end);
    carried = end - from;
    scannedBefore += from;
  }

  /** Scans bytes[0 .. end); `last`: the file ends there. Returns where the part begins that the next chunk must tell about. */
  function scan(end: number, last: boolean): number {
    const text = bytes; // locals: the loops below are where reading a corpus spends its time
    const stored = fold;
    text[end] = LINE_FEED;
    let at = 0;
    let inside = insideOverlong;
    for (;;) {
      let byte = stored[text[at]!]!;
      if (byte === 0 && !inside) {
        const kind = byteClass[text[at]!]!;
        if (kind === CHARACTER.lineEnd) {
          if (at === end) return end;
          lines++;
          sink.lineEnd();
          at++;
          continue;
        }
        if (kind === CHARACTER.forbidden) throw notText(name, scannedBefore + at);
        if (kind !== CHARACTER.multibyte) {
          at++;
          continue;
        }
        const character = decode(at, end, last);
        if (character === INCOMPLETE) return at;
        if ((character & CLASS_MASK) > CHARACTER.folded) {
          const length = (character >> LENGTH_SHIFT) & LENGTH_MASK;
          if (character & INVALID) invalidBytes += length;
          at += length;
          continue;
        }
      }
      const start = at;
      let low = 0; // the last eight bytes of the token: see TokenSink
      let high = 0;
      let folded = false;
      let unfinished = false;
      let invalidInside = 0;
      for (;;) {
        while (byte !== 0) {
          text[at++] = byte;
          high = (high << 8) | (low >>> 24);
          low = (low << 8) | byte;
          byte = stored[text[at]!]!;
        }
        let kind = byteClass[text[at]!]!;
        if (kind === CHARACTER.separator) break;
        let length = 1;
        if (kind === CHARACTER.multibyte) {
          const character = decode(at, end, last);
          unfinished = character === INCOMPLETE;
          if (unfinished) break;
          kind = character & CLASS_MASK;
          length = (character >> LENGTH_SHIFT) & LENGTH_MASK;
          if (kind === CHARACTER.folded) {
            folded = true;
            if (character & INVALID) invalidInside += length;
          }
        }
        if (kind === CHARACTER.joiner) {
          const next = wordFollows(at + length, end, last);
          unfinished = next === INCOMPLETE;
          if (next !== 1) break;
          if (length > 1) folded = true;
        } else if (kind > CHARACTER.folded) {
          unfinished = at === end && !last;
          break;
        }
        for (const stop = at + length; at < stop; at++) {
          high = (high << 8) | (low >>> 24);
          low = (low << 8) | text[at]!;
        }
        byte = stored[text[at]!]!;
      }
      const overlong = inside || at - start > LONGEST_TOKEN;
      if (unfinished && !overlong) return start;
      invalidBytes += invalidInside;
      insideOverlong = unfinished;
      if (unfinished) return at;
      inside = false;
      if (overlong) overlongTokens++;
      else sink.token(text, start, at, low, high, folded);
    }
  }

  /** Whether the character at `at` is part of a word: 1, 0 or INCOMPLETE. */
  function wordFollows(at: number, end: number, last: boolean): number {
    if (at >= end) return last ? 0 : INCOMPLETE;
    let kind = byteClass[bytes[at]!]!;
    if (kind === CHARACTER.multibyte) {
      const character = decode(at, end, last);
      if (character === INCOMPLETE) return INCOMPLETE;
      kind = character & CLASS_MASK;
    }
    return kind <= CHARACTER.folded ? 1 : 0;
  }

  return {
    startFile(fileName, offset) {
      name = fileName;
      scannedBefore = offset;
    },
    write(chunk) {
      for (let from = 0; from < chunk.length; from += WORK) {
        const piece = chunk.subarray(from, from + WORK);
        bytes.set(piece, carried);
        lineOpen = piece[piece.length - 1] !== LINE_FEED;
        const end = carried + piece.length;
        carry(scan(end, false), end);
      }
    },
    endFile() {
      scan(carried, true);
      if (lineOpen) {
        lines++;
        sink.lineEnd();
      }
      lineOpen = false;
      carried = 0;
    },
    invalidBytes: () => invalidBytes,
    overlongTokens: () => overlongTokens,
    lines: () => lines,
  };
}

function notText(name: string, offset: number): W2vError {
  return new W2vError(
    'not-text',
    `${name} is not text: byte ${offset} is NUL`,
    'give plain text in UTF-8 (or gzip of it); for UTF-16 text run: iconv -f UTF-16LE -t UTF-8',
  );
}
