// The words of a text in memory: what the tokenizer of a corpus (token-rules.ts) finds in its UTF-8 bytes, with regular
// expressions. For questions and single lines; tokenize.ts is for whole corpora.
import { createTokenRules, LONGEST_TOKEN, type TokenizerName } from './token-rules.ts';

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’\-‐][\p{L}\p{M}\p{N}]+)*/gu;
const ASCII_WORD = /[a-z0-9]+(?:['-][a-z0-9]+)*/gi; // the same for ASCII, in a third of the time
const ASCII = /^[\0-\x7f]*$/;
// White space as token-rules.ts has it: Python's str.split().
// biome-ignore lint/suspicious/noControlCharactersInRegex: four of them separate words
const VISIBLE = /[^\p{White_Space}\x1c-\x1f]+/gu;

/** Splits texts into words, as the corpus was; overlong words are left out. Throws `usage` for an unknown tokenizer. */
export function textTokenizer(tokenizer: TokenizerName, keepCase: boolean): (text: string) => string[] {
  const { finalForm } = createTokenRules(tokenizer, keepCase);
  if (tokenizer === 'whitespace') return (text) => (text.match(VISIBLE) ?? []).filter(isShort);
  return (text) => {
    if (ASCII.test(text)) return (text.match(ASCII_WORD) ?? []).filter(isShort).map(keepCase ? same : lowerCase);
    const found = text.match(WORD) ?? [];
    return found
      .filter(isShort)
      .map(finalForm)
      .filter((word) => word !== '');
  };
}

const same = (word: string) => word;
const lowerCase = (word: string) => word.toLowerCase();

function isShort(word: string): boolean {
  return 3 * word.length <= LONGEST_TOKEN || Buffer.byteLength(word) <= LONGEST_TOKEN;
}
