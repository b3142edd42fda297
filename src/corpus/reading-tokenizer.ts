// Tokenizes UTF-8 bytes with any tokenizer. Without a segmenter that is the kernel (tokenize.ts). With one, lines are
// decoded and split, and the kernel counts the tokens, joined with spaces.
import { W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import type { TokenRules } from './token-rules.ts';
import { createTokenizer, notText, type Tokenizer, type TokenizerOptions, type TokenSink } from './tokenize.ts';
import { type Segmenter, tokensOfText } from './tokenizers/segment.ts';

const LINE_FEED = 0x0a;
const SPACE = 0x20;
const BLOCK = 1 << 16; // bytes: longer lines come in blocks, so that memory and time have a bound
const WORK = 1 << 16; // bytes taken at a time
const sentenceEnd = Buffer.from('。');
const REPLACEMENT = Buffer.from('\ufffd'); // as a valid character in the text

/** The result does not depend on where the chunks end; parts (`startPart`) must start with a line. */
export function createReadingTokenizer(rules: TokenRules, sink: TokenSink, options?: TokenizerOptions): Tokenizer {
  const tokenizer = createTokenizer(rules, sink, options);
  return rules.segmenter ? withSegmenter(rules.segmenter, tokenizer) : tokenizer;
}

function withSegmenter(segmenter: Segmenter, tokenizer: Tokenizer): Tokenizer {
  const buffer = Buffer.alloc(BLOCK + WORK);
  let filled = 0;
  let name = '';
  let before = 0; // bytes of the file before buffer[0]
  let invalidBytes = 0;

  /** Passes all whole blocks of the buffer on. */
  function split(last: boolean): void {
    let at = 0;
    let tokens = '';
    for (let end = endOfBlock(at, last); end > at; end = endOfBlock(at, last)) {
      tokens += splitBlock(at, end);
      at = end;
    }
    buffer.copyWithin(0, at, filled);
    filled -= at;
    before += at;
    if (tokens !== '') tokenizer.write(Buffer.from(tokens));
  }

  /**
   * The end of the block at `at`: of its line, or if that is too long, after the last space, else the last full stop of
   * Chinese and Japanese, else between two characters. `at` if more bytes are needed to know.
   */
  function endOfBlock(at: number, last: boolean): number {
    const longest = buffer.subarray(at, Math.min(filled, at + BLOCK));
    const lineEnd = longest.indexOf(LINE_FEED);
    if (lineEnd >= 0) return at + lineEnd + 1;
    if (filled - at <= BLOCK) return last ? filled : at;
    const space = longest.lastIndexOf(SPACE);
    if (space >= 0) return at + space + 1;
    const stop = longest.lastIndexOf(sentenceEnd);
    if (stop >= 0) return at + stop + sentenceEnd.length;
    let end = at + BLOCK;
    while (end > at + BLOCK - 3 && (buffer[end] & 0xc0) === 0x80) end--;
    return end;
  }

  function splitBlock(at: number, end: number): string {
    const zero = buffer.subarray(at, end).indexOf(0);
    if (zero >= 0) throw notText(name, before + at + zero);
    const isLine = buffer[end - 1] === LINE_FEED;
    const block = buffer.subarray(at, isLine ? end - 1 : end);
    const decoded = block.toString();
    if (decoded.includes('\ufffd')) invalidBytes += invalidIn(block, decoded);
    let tokens = '';
    try {
      for (const token of tokensOfText(decoded, segmenter)) {
        tokens += `${/[\n\0]/.test(token) ? withSpaces(token) : token} `;
      }
    } catch (error) {
      throw located(error, `line at byte ${before + at} of ${quotable(name)}`);
    }
    return tokens + (isLine ? '\n' : ' ');
  }

  return {
    ...tokenizer,
    startFile(fileName, offset) {
      name = fileName;
      before = offset;
      tokenizer.startFile(fileName, offset);
    },
    startPart(fileName, offset, insideLine) {
      name = fileName;
      before = offset;
      filled = 0;
      tokenizer.startPart(fileName, offset, insideLine);
    },
    write(chunk) {
      for (let from = 0; from < chunk.length; from += WORK) {
        const piece = chunk.subarray(from, from + WORK);
        buffer.set(piece, filled);
        filled += piece.length;
        split(false);
      }
    },
    endFile() {
      split(true);
      tokenizer.endFile();
    },
    invalidBytes: () => invalidBytes,
  };
}

/** Bytes of `block` that became U+FFFD in `text`. */
function invalidIn(block: Buffer, text: string): number {
  let written = 0; // of U+FFFD that stand in the block themselves
  for (let at = block.indexOf(REPLACEMENT); at >= 0; at = block.indexOf(REPLACEMENT, at + 3)) written += 3;
  return block.length - Buffer.byteLength(text.replaceAll('\ufffd', '')) - written;
}

const withSpaces = (token: string): string => token.replaceAll(/[\n\0]/g, ' ');

/** The error of a segmenter, with the place in the text. */
function located(error: unknown, place: string): unknown {
  return error instanceof W2vError
    ? new W2vError(error.code, `${error.message} (${place})`, error.hint, { cause: error })
    : error;
}
