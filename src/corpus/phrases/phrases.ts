// Phrases: words that belong together (new york), found by how often they follow each other; what is kept of them.
import { phraseRanges } from '../../base/defaults.ts';
import { usage } from '../../base/errors.ts';
import type { TokenizerFacts } from '../tokenizers/tokenizers.ts';

/** `default`: Mikolov et al. 2013b, eq. 6; `npmi`: normalized pointwise mutual information (Bouma 2009). */
export const scorers = phraseRanges.scorer.names;
export type Scorer = (typeof scorers)[number];

/** Words that belong together, such as new york. */
export interface Phrase {
  /** Two words, with the connector words between them; in a later pass each may be a phrase itself, joined. */
  words: readonly string[];
  /** Occurrences of these words in a row. */
  count: number;
  /** Above the threshold. */
  score: number;
}

/** All phrases found in a text, and how: what `phrases` joins where a text is read. */
export interface Phrases {
  /** That of the text in which they were found. */
  tokenizer: TokenizerFacts;
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

/** Throws `usage` naming both tokenizers, if a text is split differently from the text of the phrases. */
export function requireSameTokenizer({ tokenizer }: Phrases, now: TokenizerFacts): void {
  const names = ['name', 'keepCase', 'locale', 'package', 'sha256'] as const;
  const changed = names.filter((name) => tokenizer[name] !== now[name]);
  if (changed.length === 0) return;
  const described = (facts: TokenizerFacts) => [
    facts.name,
    ...changed.filter((name) => name !== 'name').map((name) => `${name} ${facts[name] ?? 'none'}`),
  ];
  const [before, after] = [tokenizer, now].map((facts) => described(facts).join(', '));
  throw usage(
    `the phrases were found with the tokenizer ${before}; this text is read with ${after}`,
    'find the phrases with the same options, or give the options that they were found with',
  );
}
