// Centers and their contexts, as the book and as word2vec.c take them.
import { W2vError } from '../base/errors.ts';
import { createRandom } from '../base/random.ts';
import type { Lesson } from './lesson.ts';

export interface ContextExample {
  /** An id, and the ids around it, in the order of the text. */
  center: number;
  contexts: number[];
}

/**
 * As in the book: places with the whole window on both sides, C = 2 x window contexts each. As in word2vec.c: every
 * place that has a neighbor, with a width drawn from 1 .. window for each, and the words of the line within it.
 * Throws `corpus-empty` if no place has a whole window.
 */
export function contextsOf({ lines, settings }: Lesson): ContextExample[] {
  const { window, as, seed } = settings;
  const random = createRandom(seed, 1);
  const examples = lines.flatMap((line) =>
    line.map((center, place) => {
      const width = as === 'book' ? window : 1 + random.below(window);
      const start = Math.max(0, place - width);
      return { center, contexts: [...line.slice(start, place), ...line.slice(place + 1, place + width + 1)] };
    }),
  );
  const fewest = as === 'book' ? 2 * window : 1;
  const found = examples.filter(({ contexts }) => contexts.length >= fewest);
  if (found.length > 0) return found;
  throw new W2vError(
    'corpus-empty',
    `no word has ${window} neighbor${window === 1 ? '' : 's'} on each side: expected a line of ${2 * window + 1} words or more`,
    "give a longer line, a smaller { window }, or { as: 'word2vec' }, which takes the contexts there are",
  );
}
