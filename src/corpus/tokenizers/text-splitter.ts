// Splits a text of a question as the corpus of the vectors was split, by what their manifest says of it.
import { pieces } from './pieces.ts';
import {
  checkTokenizer,
  openTokenizer,
  type TokenizerFacts,
  type TokenizerName,
  tokenizerNames,
} from './tokenizers.ts';

/**
 * Undefined for tokenizers without a segmenter, and for a module: only a command line or a program may name code to run.
 * Throws `engine-unavailable` where a package is missing, `usage` for a locale that is none.
 */
export async function textSplitter(facts: TokenizerFacts): Promise<((text: string) => string[]) | undefined> {
  const tokenizer = facts.name as TokenizerName;
  if (!tokenizerNames.includes(tokenizer)) return undefined;
  const { locale } = facts;
  const settings = checkTokenizer({ tokenizer, keepCase: facts.keepCase === true, locale });
  const { segmenter, finalForm } = (await openTokenizer(settings)).rules;
  if (segmenter === undefined) return undefined;
  return (text) =>
    [...pieces(text.normalize('NFC'), segmenter.longest ?? Number.POSITIVE_INFINITY)]
      .flatMap((piece) => [...segmenter.segment(piece)])
      .flatMap((token) => token.split(/\s+/))
      .filter((token) => token !== '')
      .map(finalForm);
}
