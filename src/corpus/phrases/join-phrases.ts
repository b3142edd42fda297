// Joins the phrases of one pass in a text of ids, from left to right as gensim's Phrases does: a word begins a phrase,
// connector words after it may belong to it, and the next word ends it if all together are a phrase; if not, that word
// begins the next one.
import type { Steps } from '../../base/steps.ts';
import { LINE_END } from '../encoded-corpus.ts';
import type { IdStore } from '../id-store.ts';

export interface PhraseIds {
  /** The words of each phrase by id, and the id of the phrase. */
  phrases: readonly { words: readonly number[]; id: number }[];
  /** By id: 1 for a connector word. */
  isConnector: Uint8Array;
}

const BLOCK = 1 << 16; // entries
const SLOT = 4; // first word, last word, connector words between (see `between`), the phrase's id + 1 (0: free)

/** The blocks of a finished store. */
export function* blocksOf(store: IdStore): Generator<Int32Array> {
  const block = new Int32Array(BLOCK);
  for (let position = 0; position < store.length(); ) {
    const got = store.read(position, block, 0, BLOCK);
    if (got === 0) return;
    yield block.subarray(0, got);
    position += got;
  }
}

/** (size) occurrences of each id in a finished store. */
export function* countIds(store: IdStore, size: number): Steps<Float64Array> {
  const counts = new Float64Array(size);
  for (const entries of blocksOf(store)) {
    for (let i = 0; i < entries.length; i++) if (entries[i] !== LINE_END) counts[entries[i]]++;
    yield;
  }
  return counts;
}

/** Finds the phrase that words form. */
function phraseTable({ phrases, isConnector }: PhraseIds) {
  let slots = 16;
  while (slots < 2 * phrases.length) slots *= 2;
  const table = new Int32Array(SLOT * slots);
  const begins = new Uint8Array(isConnector.length);
  // The sequences of connector words that occur in phrases have numbers; 0 is the empty one.
  const steps = new Map<number, number>(); // number of a sequence * size + id -> number of the longer sequence
  const size = isConnector.length;

  function place(first: number, last: number, between: number): number {
    let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(last, 0x85ebca6b) ^ Math.imul(between, 0xc2b2ae35);
    hash ^= hash >>> 15;
    for (let slot = hash & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
      const at = SLOT * slot;
      if (table[at + 3] === 0) return at;
      if (table[at] === first && table[at + 1] === last && table[at + 2] === between) return at;
    }
  }

  for (const { words, id } of phrases) {
    let between = 0;
    for (let i = 1; i < words.length - 1; i++) {
      const step = between * size + words[i];
      between = steps.get(step) ?? steps.size + 1;
      steps.set(step, between);
    }
    const [first, last] = [words[0], words.at(-1)!];
    table.set([first, last, between, id + 1], place(first, last, between));
    begins[first] = 1;
  }
  return {
    begins,
    /** The sequence with one more connector word; -1 if no phrase has it. */
    longer: (between: number, id: number) => (between < 0 ? -1 : (steps.get(between * size + id) ?? -1)),
    /** -1 if there is none. */
    find: (first: number, last: number, between: number) =>
      between < 0 ? -1 : table[place(first, last, between) + 3] - 1,
  };
}

/** Rewrites `store` in place. */
export function* joinPhrases(store: IdStore, ids: PhraseIds): Steps<void> {
  const { begins, longer, find } = phraseTable(ids);
  const { isConnector } = ids;
  const out = new Int32Array(2 * BLOCK);
  let filled = 0;
  let written = 0;
  let start = -1; // the word that may begin a phrase
  const between: number[] = []; // connector words after it
  let sequence = 0; // their number

  // What is written never passes what is read: a word goes out only after it came in.
  const put = (id: number) => {
    if (filled === out.length) flush();
    out[filled++] = id;
  };
  const flush = () => {
    store.write(written, out, filled);
    written += filled;
    filled = 0;
  };
  const letGo = () => {
    if (start >= 0) put(start);
    for (const id of between) put(id);
    start = -1;
    between.length = 0;
    sequence = 0;
  };

  for (const entries of blocksOf(store)) {
    for (let i = 0; i < entries.length; i++) {
      const id = entries[i];
      if (id === LINE_END) {
        letGo();
        put(LINE_END);
      } else if (isConnector[id] === 1) {
        if (start < 0) put(id);
        else {
          between.push(id);
          sequence = longer(sequence, id);
        }
      } else {
        const phrase = start >= 0 && begins[start] === 1 ? find(start, id, sequence) : -1;
        if (phrase >= 0) {
          put(phrase);
          start = -1;
          between.length = 0;
          sequence = 0;
        } else {
          letGo();
          start = id;
        }
      }
    }
    flush();
    yield;
  }
  letGo();
  flush();
  store.truncate(written);
}
