// Tokens as they stand in the text -> provisional ids of types, counted. A token that is still to be brought to its final
// form (capitals beyond ASCII, combining marks, invalid bytes ...) goes through a string only when it is seen for the first
// time: it gets an id of its own, and that id is resolved to the id of its final form when all is counted.
import type { TokenRules } from './token-rules.ts';
import { createTypeTable } from './type-table.ts';
import type { CountedTypes } from './vocabulary.ts';

export interface TypeCounter {
  /** Counts a token (see TokenSink.token) and returns its provisional id. */
  add(bytes: Uint8Array, start: number, end: number, low: number, high: number, folded: boolean): number;
  /** The types in their final form; ids that stand for another one have count 0. */
  countedTypes(): CountedTypes;
  /** `finalIds` of the types, extended to the ids that stand for another one. */
  resolve(finalIds: Int32Array): Int32Array;
}

const NO_WORD = -1;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true }); // a U+FEFF inside the text is a character

/** A counter in which `words` already have the ids 0, 1, 2 ... */
export function createTypeCounter(rules: TokenRules, words: readonly string[]): TypeCounter {
  const table = createTypeTable();
  /** Id -> id of its final form (or NO_WORD), for ids that are not their own. */
  const finalForms = new Map<number, number>();
  function internWord(word: string): number {
    const bytes = Buffer.from(word);
    return table.intern(bytes);
  }
  for (const word of words) internWord(word);
  // A given word that is not in its final form (a capital, with lower-casing) can never be met.
  for (const [id, word] of words.entries()) {
    const form = rules.finalForm(word);
    if (form !== word) finalForms.set(id, form === '' ? NO_WORD : internWord(form));
  }

  function addFolded(bytes: Uint8Array, start: number, end: number, low: number, high: number): number {
    const known = table.size();
    const id = table.add(bytes, start, end, low, high);
    if (id < known) return id;
    const form = rules.finalForm(decoder.decode(bytes.subarray(start, end)));
    const formId = form === '' ? NO_WORD : internWord(form);
    if (formId !== id) finalForms.set(id, formId);
    return id;
  }

  return {
    add: (bytes, start, end, low, high, folded) =>
      folded ? addFolded(bytes, start, end, low, high) : table.add(bytes, start, end, low, high),
    countedTypes() {
      const counts = table.counts().slice(0, table.size());
      for (const [id, formId] of finalForms) {
        if (formId !== NO_WORD) counts[formId]! += counts[id]!;
        counts[id] = 0;
      }
      return { size: table.size(), counts, word: table.word };
    },
    resolve(finalIds) {
      const resolved = finalIds.slice();
      for (const [id, formId] of finalForms) resolved[id] = formId === NO_WORD ? -1 : finalIds[formId]!;
      return resolved;
    },
  };
}
