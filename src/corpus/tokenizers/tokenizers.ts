// The tokenizers by name. Whoever reads a text opens its tokenizer first: that checks the settings and loads what is
// needed, once in each thread.
import { resolve } from 'node:path';
import { corpusDefaults } from '../../base/defaults.ts';
import { usage } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';
import { createTokenRules, segmentRules, type TokenRules } from '../token-rules.ts';
import { characterSegmenter, checkedLocale, wordSegmenter } from './intl-segmenter.ts';
import { openModule } from './module.ts';
import { packagedNames, packagedSegmenter } from './packaged.ts';
import type { Segmenter } from './segment.ts';

export const tokenizerNames = ['words', 'whitespace', 'segmenter', ...packagedNames, 'characters', 'jamo'] as const;
/** Name of a tokenizer: `words` (default), `whitespace`, `segmenter`, `korean` and others. */
export type TokenizerName = (typeof tokenizerNames)[number];

/** How lines are split into words. */
export interface TokenizerOptions {
  /** Default `words`; docs/languages.md has them all. */
  tokenizer?: TokenizerName | undefined;
  /** Do not lower-case; `whitespace` never does. Default false. */
  keepCase?: boolean | undefined;
  /** The language, for `segmenter` only: a tag such as 'th' or 'zh-Hant'. Default 'und', rules for all languages. */
  locale?: string | undefined;
  /**
   * An ES module of your own in place of a named tokenizer: its default export is a function from a line to its tokens,
   * `(line: string) => Iterable<string>`. It runs in each thread that reads, with lines in NFC (of more than 64 KiB in
   * several pieces). White space in a token splits it.
   */
  tokenizerModule?: string | undefined;
}

/** Checked settings, which threads get. */
export interface TokenizerSettings {
  tokenizer: TokenizerName | 'module';
  keepCase: boolean;
  locale?: string;
  /** Absolute. */
  tokenizerModule?: string;
}

/** What decides which tokens a text has; stands in manifests. */
export interface TokenizerFacts {
  name: string;
  keepCase: boolean;
  locale?: string;
  /** The npm package that splits, with its version. */
  package?: string;
  /** The user's module, and the SHA-256 (hex) of this file. */
  module?: string;
  sha256?: string;
}

export interface OpenTokenizer {
  rules: TokenRules;
  facts: TokenizerFacts;
}

/** Throws `usage` for an unknown name, an invalid locale, or settings that exclude each other. */
export function checkTokenizer({ tokenizer, keepCase, locale, tokenizerModule }: TokenizerOptions): TokenizerSettings {
  const name = tokenizer ?? corpusDefaults.tokenizer;
  const shared = { keepCase: keepCase ?? corpusDefaults.keepCase };
  if (!tokenizerNames.includes(name)) {
    const all = `${tokenizerNames.slice(0, -1).join(', ')} or ${tokenizerNames.at(-1)}`;
    const observed = `tokenizer is '${quotable(String(name))}'; it must be ${all}`;
    throw usage(observed, 'for one of your own give { tokenizerModule }');
  }
  if (tokenizerModule !== undefined) {
    const other = tokenizer !== undefined ? 'tokenizer' : locale !== undefined ? 'locale' : undefined;
    if (other !== undefined) {
      const observed = `${other} is given together with tokenizerModule, which splits the text`;
      throw usage(observed, 'give one of the two');
    }
    return { ...shared, tokenizer: 'module', tokenizerModule: resolve(tokenizerModule) };
  }
  if (locale === undefined) return { ...shared, tokenizer: name };
  if (name !== 'segmenter') {
    const observed = `locale is given, which the tokenizer ${name} has no use for`;
    throw usage(observed, "leave it out, or give { tokenizer: 'segmenter' }");
  }
  return { ...shared, tokenizer: name, locale: checkedLocale(locale) };
}

/**
 * Opens a tokenizer in this thread. Throws `engine-unavailable` where its package is missing, `file-missing`,
 * `file-unreadable` or `file-malformed` for a module.
 */
export async function openTokenizer(settings: TokenizerSettings): Promise<OpenTokenizer> {
  const { tokenizer: name, keepCase, locale = 'und', tokenizerModule = '' } = settings;
  const facts: TokenizerFacts = { name, keepCase };
  const segmented = (segmenter: Segmenter, more: Partial<TokenizerFacts> = {}): OpenTokenizer => ({
    rules: segmentRules(segmenter, keepCase),
    facts: { ...facts, ...more },
  });
  switch (name) {
    case 'segmenter':
      return segmented(wordSegmenter(locale), { locale });
    case 'korean':
    case 'japanese':
    case 'chinese': {
      const { segmenter, ...found } = await packagedSegmenter(name);
      return segmented(segmenter, found);
    }
    case 'characters':
      return segmented(characterSegmenter());
    case 'module': {
      const { segmenter, ...file } = await openModule(tokenizerModule);
      return segmented(segmenter, file);
    }
    default:
      return { rules: createTokenRules(name, keepCase), facts };
  }
}

/** What decides a text's tokens, by name, for checkpoints. Throws as `openTokenizer`. */
export async function tokenizerIdentity(options: TokenizerOptions): Promise<Record<string, string | boolean>> {
  const { facts } = await openTokenizer(checkTokenizer(options));
  const { name: tokenizer, keepCase, locale, package: tokenizerPackage, sha256: tokenizerModule } = facts;
  return {
    tokenizer,
    keepCase,
    ...(locale !== undefined && { locale }),
    ...(tokenizerPackage !== undefined && { tokenizerPackage }),
    ...(tokenizerModule !== undefined && { tokenizerModule }),
  };
}
