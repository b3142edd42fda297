// Merges types as spelled in the text into types in their final form. A token that needs folding (capitals beyond
// ASCII, combining marks, invalid bytes ...) becomes a string only at its first occurrence. It gets its own id, which
// is resolved to the id of its final form after counting.
import { W2vError } from '../errors.ts';
import type { TokenRules } from './token-rules.ts';
import type { TypeTable } from './type-table.ts';
import type { CountedTypes } from './vocabulary.ts';

export interface TypeCounter {
  /** Registers a new type that is not in its final form; `word` is its text. */
  settle(id: number, word: string): void;
  /** The types in their final form; ids that map to another id have count 0. */
  countedTypes(): CountedTypes;
  /** `finalIds` of the types, extended to the ids that map to another id. */
  resolve(finalIds: Int32Array): Int32Array;
}

const NO_WORD = -1;
const MOST_FORMS = 1 << 24; // the limit of a Map in V8

/** A counter in which `words` already have the ids 0, 1, 2 ... */
export function createTypeCounter(rules: TokenRules, table: TypeTable, words: readonly string[]): TypeCounter {
  /** Id -> id of its final form (or NO_WORD), for types that are not in their final form. */
  const finalForms = new Map<number, number>();
  function settle(id: number, word: string): void {
    const form = rules.finalForm(word);
    const formId = form === '' ? NO_WORD : table.intern(form);
    if (formId === id) return;
    if (finalForms.size === MOST_FORMS) {
      throw new W2vError(
        'out-of-memory',
        `the corpus has more than ${MOST_FORMS} different words with capitals or accents, the limit of the table`,
        "check that this is text, give { tokenizer: 'whitespace' }, or use a part of it",
      );
    }
    finalForms.set(id, formId);
  }
  for (const word of words) table.intern(word);
  // A given word that is not in its final form (a capital letter while lower-casing) can never occur.
  for (const [id, word] of words.entries()) if (rules.finalForm(word) !== word) settle(id, word);

  return {
    settle,
    countedTypes() {
      const types = table.counted();
      const { counts } = types;
      for (const [id, formId] of finalForms) {
        if (formId !== NO_WORD) counts[formId]! += counts[id]!;
        counts[id] = 0;
      }
      return types;
    },
    resolve(finalIds) {
      const resolved = finalIds.slice();
      for (const [id, formId] of finalForms) resolved[id] = formId === NO_WORD ? -1 : finalIds[formId]!;
      return resolved;
    },
  };
}
