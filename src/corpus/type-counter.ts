// Types as they stand in the text -> types in their final form. A token that is still to be brought to its final form (capitals
// beyond ASCII, combining marks, invalid bytes ...) goes through a string only when it is seen for the first time: it gets an
// id of its own, and that id is resolved to the id of its final form when all is counted.
import { W2vError } from '../errors.ts';
import type { TokenRules } from './token-rules.ts';
import type { TypeTable } from './type-table.ts';
import type { CountedTypes } from './vocabulary.ts';

export interface TypeCounter {
  /** Takes note of a new type that is not in its final form; `word` is its text. */
  settle(id: number, word: string): void;
  /** The types in their final form; ids that stand for another one have count 0. */
  countedTypes(): CountedTypes;
  /** `finalIds` of the types, extended to the ids that stand for another one. */
  resolve(finalIds: Int32Array): Int32Array;
}

const NO_WORD = -1;
const MOST_FORMS = 1 << 24; // as many as a Map holds

/** A counter in which `words` already have the ids 0, 1, 2 ... */
export function createTypeCounter(rules: TokenRules, table: TypeTable, words: readonly string[]): TypeCounter {
  /** Id -> id of its final form (or NO_WORD), for ids that are not their own. */
  const finalForms = new Map<number, number>();
  function settle(id: number, word: string): void {
    const form = rules.finalForm(word);
    const formId = form === '' ? NO_WORD : table.intern(form);
    if (formId === id) return;
    if (finalForms.size === MOST_FORMS) {
      throw new W2vError(
        'out-of-memory',
        `the corpus has more than ${MOST_FORMS} different words with capitals or accents, more than one table holds`,
        "is this text? give { tokenizer: 'whitespace' }, or train on a part of it",
      );
    }
    finalForms.set(id, formId);
  }
  for (const word of words) table.intern(word);
  // A given word that is not in its final form (a capital, with lower-casing) can never be met.
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
