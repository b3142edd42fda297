// Completion of a word while it is typed: words that begin with it, then words that contain it, then words spelled like
// it.
import { suggest } from '../base/suggest.ts';

/** Words among which one of a similar spelling is looked for while somebody types. */
const SPELLED = 50_000;

export type Completer = (typed: string) => string[];

/**
 * Suggests at most `limit` words, frequent ones first. About 10 ms for 100,000 words, of which the list is folded once.
 */
export function createCompleter(words: readonly string[], limit = 8): Completer {
  let folded: string[] | undefined;
  return (typed) => {
    const wanted = typed.toLowerCase();
    if (wanted === '') return [];
    folded ??= words.map((word) => word.toLowerCase());
    const exact = folded.indexOf(wanted);
    const found = new Set<number>(exact < 0 ? [] : [exact]);
    for (let row = 0; row < folded.length && found.size < limit; row++) {
      if (folded[row].startsWith(wanted)) found.add(row);
    }
    if (wanted.length > 2) {
      for (let row = 0; row < folded.length && found.size < limit; row++) {
        if (folded[row].includes(wanted)) found.add(row);
      }
    }
    if (found.size > 0) return [...found].map((row) => words[row]);
    return suggest(words.slice(0, SPELLED), typed, limit);
  };
}

/** The part of a sum of words that the caret is in: `king - ma|` -> `ma`, from 7 to 9. */
export function termAt(text: string, caret: number): { term: string; start: number; end: number } {
  const before = /(?:^|\s)(?:[+-]\s+)?(\S*)$/.exec(text.slice(0, caret))![1];
  const after = /^\S*/.exec(text.slice(caret))![0];
  const start = caret - before.length;
  const term = before + after;
  return term === '+' || term === '-'
    ? { term: '', start: caret, end: caret }
    : { term, start, end: start + term.length };
}
