// Words in questions, prepared as the text was: `new york` is the word `new_york` where the vocabulary has it so, and 1984
// is 0000 where digits were folded. The manifest of the vectors says this; without one, _ joins the words of a phrase.
import { withDigitsFolded } from '../corpus/cleaning/digits.ts';
import { knownForm } from '../corpus/known-form.ts';
import { phraseDefaults } from '../defaults.ts';
import { type WordList, wordIndex } from '../vectors/word-vectors.ts';
import type { CommandContext } from './context.ts';
import { manifestBeside } from './open-vectors.ts';

/** Maps each of `words` that the vocabulary lacks to the word that it has for it, if it has one; others as they are. */
export async function phraseForms(
  context: CommandContext,
  { file, vectors }: { file: string; vectors: WordList },
  words: readonly string[],
): Promise<(word: string) => string> {
  const known = wordIndex(vectors);
  const unknown = words.filter((word) => /\S\s+\S|[0-9]/.test(word) && !known.has(word));
  if (unknown.length === 0) return (word) => word;
  const { phrases: given, digits } = (await manifestBeside(context, file, true))?.options ?? {};
  const phrases = given as { delimiter?: unknown } | undefined;
  const delimiter = typeof phrases?.delimiter === 'string' ? phrases.delimiter : phraseDefaults.delimiter;
  const forms = new Map<string, string>();
  for (const phrase of unknown) {
    const folded = digits === 'fold' ? withDigitsFolded(phrase) : phrase;
    const form = knownForm(known, folded.trim().split(/\s+/).join(delimiter));
    if (form !== undefined) forms.set(phrase, form);
  }
  return (word) => forms.get(word) ?? word;
}
