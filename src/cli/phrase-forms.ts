// Words in questions, prepared as the text was (corpus/asked-form.ts). The manifest of the vectors says how.
import { askedForm, textFormOf } from '../corpus/asked-form.ts';
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
  const form = textFormOf((await manifestBeside(context, file, true))?.options ?? {});
  const forms = new Map<string, string>();
  for (const phrase of unknown) {
    const found = askedForm(known, phrase, form);
    if (found !== undefined) forms.set(phrase, found);
  }
  return (word) => forms.get(word) ?? word;
}
