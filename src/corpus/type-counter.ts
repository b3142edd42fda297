// Merges types as spelled in the text into types in their final form. A token that needs folding (capitals beyond
// ASCII, combining marks, invalid bytes ...) becomes a string only at its first occurrence. It gets its own id, which
// is resolved to the id of its final form after counting.
import { outOfMemory } from '../base/errors.ts';
import type { TokenRules } from './token-rules.ts';
import type { TypeTable } from './type-table.ts';
import type { CountedTypes } from './vocabulary.ts';

export interface TypeCounter {
  /** Registers a new type that is not in its final form; `word` is its text. */
  settle(id: number, word: string): void;
  /** The same, with the id of the final form (or NO_WORD). */
  link(id: number, formId: number): void;
  /** Adds occurrences that were counted elsewhere: `counts[i]` of the type `ids[i]`. */
  add(ids: Int32Array, counts: Float64Array): void;
  /** The types in their final form; ids that map to another id have count 0. */
  countedTypes(): CountedTypes;
  /** `finalIds` of the types, extended to the ids that map to another id. */
  resolve(finalIds: Int32Array): Int32Array;
  /**
   * Removes all words that occurred at most `most` times so far, with all their spellings; returns how many words and
   * how many of their occurrences.
   */
  prune(most: number): { types: number; tokens: number };
  /** Removes all types. */
  clear(): void;
  /** The id of a word in its final form, a new one if it has none yet. */
  intern(word: string): number;
  /** The types in the table. */
  size(): number;
  /** Occurrences of each type as it is spelled, by id. */
  spelledCounts(): Float64Array;
}

export const NO_WORD = -1;
const MOST_FORMS = 1 << 24; // the limit of a Map in V8

/**
 * A counter in which `words` already have the ids 0, 1, 2 ...; `onLink` receives each link of a spelling to its form.
 */
export function createTypeCounter(
  rules: TokenRules,
  table: TypeTable,
  words: readonly string[],
  onLink?: (id: number, formId: number) => void,
): TypeCounter {
  /** Id -> id of its final form (or NO_WORD), for types that are not in their final form. */
  const finalForms = new Map<number, number>();
  const added: { ids: Int32Array; counts: Float64Array }[] = [];
  function link(id: number, formId: number): void {
    if (formId === id) return;
    if (finalForms.size === MOST_FORMS) {
      throw outOfMemory(
        `the corpus has more than ${MOST_FORMS} different words with capitals or accents, the limit of the table`,
        "check that this is text, give { tokenizer: 'whitespace' }, or use a part of it",
      );
    }
    finalForms.set(id, formId);
    onLink?.(id, formId);
  }
  function settle(id: number, word: string): void {
    const form = rules.finalForm(word);
    link(id, form === '' ? NO_WORD : table.intern(form));
  }
  for (const word of words) table.intern(word);
  // A given word that is not in its final form (a capital letter while lower-casing) can never occur.
  for (const [id, word] of words.entries()) if (rules.finalForm(word) !== word) settle(id, word);

  return {
    settle,
    link,
    add: (ids, counts) => void added.push({ ids, counts }),
    intern: (word) => table.intern(word),
    size: () => table.size(),
    spelledCounts: () => table.counted().counts,
    countedTypes() {
      const types = table.counted();
      const { counts } = types;
      for (const part of added) for (const [i, id] of part.ids.entries()) counts[id] += part.counts[i];
      for (const [id, formId] of finalForms) {
        if (formId !== NO_WORD) counts[formId] += counts[id];
        counts[id] = 0;
      }
      return types;
    },
    resolve(finalIds) {
      const resolved = finalIds.slice();
      for (const [id, formId] of finalForms) resolved[id] = formId === NO_WORD ? -1 : finalIds[formId];
      return resolved;
    },
    prune(most) {
      const formOf = (id: number) => finalForms.get(id) ?? id;
      const totals = new Map<number, number>(); // of forms with several spellings
      for (const formId of finalForms.values()) if (formId !== NO_WORD) totals.set(formId, 0);
      if (totals.size > 0) {
        table.each((id, count) => {
          const before = totals.get(formOf(id));
          if (before !== undefined) totals.set(formOf(id), before + count);
        });
      }
      const lost = { types: 0, tokens: 0 };
      table.keep((id, count) => {
        const form = formOf(id);
        const total = totals.get(form) ?? count;
        if (total > most) return true;
        if (form === id) {
          lost.types++;
          lost.tokens += total;
        }
        finalForms.delete(id);
        return false;
      });
      return lost;
    },
    clear() {
      finalForms.clear();
      table.clear();
    },
  };
}
