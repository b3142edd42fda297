// Phrases: words that belong together (new york), found by how often they follow each other; what is kept of them.
import { W2vError } from '../../errors.ts';
import type { TokenizerName } from '../token-rules.ts';

/** `default`: Mikolov et al. 2013b, eq. 6; `npmi`: normalized pointwise mutual information (Bouma 2009). See scorers.ts. */
export const scorers = ['default', 'npmi'] as const;
export type Scorer = (typeof scorers)[number];

export interface Phrase {
  /** Two words, with the connector words between them; in a later pass each may be a phrase itself, joined. */
  words: readonly string[];
  /** Occurrences of these words in a row. */
  count: number;
  /** Above the threshold. */
  score: number;
}

/** How the text of the phrases was split into words; another text must be split in the same way. */
export interface PhraseText {
  tokenizer: TokenizerName;
  keepCase: boolean;
}

export interface Phrases {
  text: PhraseText;
  /** Between the words of a joined phrase. */
  delimiter: string;
  /** Words that may stand inside a phrase, and never begin or end one. */
  connectorWords: readonly string[];
  scorer: Scorer;
  threshold: number;
  minCount: number;
  /** The phrases of each pass, by falling score. A pass works on the text that the passes before have joined. */
  passes: readonly (readonly Phrase[])[];
}

/** The English connector words of gensim (ENGLISH_CONNECTOR_WORDS): articles, prepositions, conjunctions. */
export const englishConnectorWords: readonly string[] = 'a an the for of with without at from to in on by and or'.split(
  ' ',
);

/** Throws `usage` naming each way in which a text is split differently from the text of the phrases. */
export function requireSameText(phrases: Phrases, now: PhraseText): void {
  const names = ['tokenizer', 'keepCase'] as const;
  const changed = names.filter((name) => phrases.text[name] !== now[name]);
  if (changed.length === 0) return;
  const described = (text: PhraseText) => changed.map((name) => `${name} ${text[name]}`).join(', ');
  throw new W2vError(
    'usage',
    `the phrases were found in a text with ${described(phrases.text)}, this text has ${described(now)}`,
    'find the phrases with the same options, or give the options that they were found with',
  );
}
