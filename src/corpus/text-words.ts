// The words of a text in memory: what the tokenizer of a corpus finds in its UTF-8 bytes, with regular expressions. For
// questions and single lines; reading-tokenizer.ts is for whole corpora.
import { WHITE_SPACE } from './file-words.ts';
import { LONGEST_TOKEN, type TokenRules } from './token-rules.ts';
import { type Segmenter, tokensOfText } from './tokenizers/segment.ts';
import {
  checkTokenizer,
  type OpenTokenizer,
  openTokenizer,
  type TokenizerFacts,
  type TokenizerName,
  tokenizerNames,
} from './tokenizers/tokenizers.ts';

/** A word of the tokenizer `words`, before its final form. */
export const WORD = /[\p{L}\p{M}\p{N}]+(?:['’\-‐][\p{L}\p{M}\p{N}]+)*/gu;
const ASCII_WORD = /[a-z0-9]+(?:['-][a-z0-9]+)*/gi; // the same for ASCII, in a third of the time
const ASCII = /^[\0-\x7f]*$/;
const VISIBLE = new RegExp(`[^${WHITE_SPACE}]+`, 'gu');

export type TextWords = (text: string) => string[];

/** Splits texts into words, as the corpus was; overlong words are left out. Throws what a tokenizer module throws. */
export function textWords({ rules, facts }: OpenTokenizer): TextWords {
  const { segmenter } = rules;
  if (segmenter !== undefined) return (text) => segmentedWords(text, segmenter, rules);
  if (facts.name === 'whitespace') return (text) => (text.match(VISIBLE) ?? []).filter(isShort);
  return (text) => {
    if (ASCII.test(text)) {
      const found = (text.match(ASCII_WORD) ?? []).filter(isShort);
      return rules.lowerCase ? found.map((word) => word.toLowerCase()) : found;
    }
    return finalForms(text.match(WORD) ?? [], rules);
  };
}

function segmentedWords(text: string, segmenter: Segmenter, rules: TokenRules): string[] {
  const words: string[] = [];
  for (const token of tokensOfText(text, segmenter)) words.push(...finalForms(token.match(VISIBLE) ?? [], rules));
  return words;
}

function finalForms(found: readonly string[], { finalForm }: TokenRules): string[] {
  return found
    .filter(isShort)
    .map(finalForm)
    .filter((word) => word !== '');
}

function isShort(word: string): boolean {
  return 3 * word.length <= LONGEST_TOKEN || Buffer.byteLength(word) <= LONGEST_TOKEN;
}

/**
 * Splits a text of a question as the corpus of the vectors was split, by what their manifest says of it. Undefined for tokenizers without a segmenter, and for a module: only a command line or a program may name code to
 * run. Throws `engine-unavailable` where a package is missing, `usage` for an invalid locale.
 */
export async function textSplitter(facts: TokenizerFacts): Promise<TextWords | undefined> {
  const tokenizer = facts.name as TokenizerName;
  if (!tokenizerNames.includes(tokenizer)) return undefined;
  const { locale } = facts;
  const settings = checkTokenizer({ tokenizer, keepCase: facts.keepCase === true, locale });
  const opened = await openTokenizer(settings);
  return opened.rules.segmenter && textWords(opened);
}
