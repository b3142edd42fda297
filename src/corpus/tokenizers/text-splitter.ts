// Splits a text of a question as the corpus of the vectors was split, by what their manifest says of it.
import { type TextWords, textWords } from '../text-words.ts';
import {
  checkTokenizer,
  openTokenizer,
  type TokenizerFacts,
  type TokenizerName,
  tokenizerNames,
} from './tokenizers.ts';

/**
 * Undefined for tokenizers without a segmenter, and for a module: only a command line or a program may name code to
 * run. Throws `engine-unavailable` where a package is missing, `usage` for a locale that is none.
 */
export async function textSplitter(facts: TokenizerFacts): Promise<TextWords | undefined> {
  const tokenizer = facts.name as TokenizerName;
  if (!tokenizerNames.includes(tokenizer)) return undefined;
  const { locale } = facts;
  const settings = checkTokenizer({ tokenizer, keepCase: facts.keepCase === true, locale });
  const opened = await openTokenizer(settings);
  return opened.rules.segmenter && textWords(opened);
}
