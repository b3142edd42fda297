// Phrases in questions: `new york` is the word `new_york` where the vocabulary has it so. The manifest of the vectors names
// what joins the words of a phrase; without one it is `_`.
import { knownForm } from '../corpus/known-form.ts';
import { phraseDefaults } from '../defaults.ts';
import { type WordList, wordIndex } from '../vectors/word-vectors.ts';
import type { CommandContext } from './context.ts';
import { manifestBeside } from './open-vectors.ts';

/** Maps each of `words` with a space in it to the word that the vocabulary has for it, if it has one; others as they are. */
export async function phraseForms(
  context: CommandContext,
  { file, vectors }: { file: string; vectors: WordList },
  words: readonly string[],
): Promise<(word: string) => string> {
  const known = wordIndex(vectors);
  const unknown = words.filter((word) => /\S\s+\S/.test(word) && !known.has(word));
  if (unknown.length === 0) return (word) => word;
  const phrases = (await manifestBeside(context, file, true))?.options.phrases as { delimiter?: unknown } | undefined;
  const delimiter = typeof phrases?.delimiter === 'string' ? phrases.delimiter : phraseDefaults.delimiter;
  const forms = new Map<string, string>();
  for (const phrase of unknown) {
    const form = knownForm(known, phrase.trim().split(/\s+/).join(delimiter));
    if (form !== undefined) forms.set(phrase, form);
  }
  return (word) => forms.get(word) ?? word;
}
