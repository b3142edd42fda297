// Cleans text before it is tokenized: markup and addresses go, digits are folded, sentences become lines. All of it
// works on bytes as they stream by, line by line, with bounded memory, on the thread that reads; threads that tokenize
// get clean text, so their number changes nothing.
import { W2vError } from '../../errors.ts';
import { foldDigits } from './digits.ts';
import { stripHtml } from './html.ts';
import { stripMarkdown } from './markdown.ts';
import { splitSentences } from './sentences.ts';
import type { Stage } from './stage.ts';
import { stripUrls } from './urls.ts';
import { stripWiki } from './wiki.ts';

/** In the order in which they are applied: a dump of a wiki is wiki text inside HTML. */
export const markups = ['html', 'wiki', 'markdown', 'urls'] as const;
/** What `strip` can take out of a text. */
export type Markup = (typeof markups)[number];
export const digitsChoices = ['keep', 'fold'] as const;

/** What is done to a text before it is split into words; nothing by default. */
export interface CleaningOptions {
  /**
   * What is taken out of the text: `html`, `wiki` (MediaWiki), `markdown`, `urls` (and e-mail addresses). Default none.
   */
  strip?: readonly Markup[] | undefined;
  /** `fold`: each of 0 to 9 becomes 0 (1984 -> 0000), as in Collobert et al. 2011. Default `keep`. */
  digits?: (typeof digitsChoices)[number] | undefined;
  /** End the line after each sentence, so that no window crosses its end. Default false. */
  sentences?: boolean | undefined;
}

/** Bytes that each markup took, digits folded, and line ends made for sentences; what was not asked for is absent. */
export type CleanedCounts = Partial<Record<Markup | 'digits' | 'sentences', number>>;

export interface Cleaner {
  /** The clean text that is ready. Valid until the next call. */
  write(chunk: Uint8Array): Uint8Array;
  /** The rest of the file. The next chunk begins another. */
  endFile(): Uint8Array;
  counts(): CleanedCounts;
}

const stages = { html: stripHtml, wiki: stripWiki, markdown: stripMarkdown, urls: stripUrls };
const LINE_FEED = 0x0a;
const SPACE = 0x20;
const LONGEST_LINE = 1 << 16; // bytes; a longer one is cleaned in parts
const BATCH = 1 << 16; // bytes that are worth cleaning at once

/** Undefined if there is nothing to do. Throws `usage` for a name that is none. */
export function createCleaner({
  strip = [],
  digits = 'keep',
  sentences = false,
}: CleaningOptions): Cleaner | undefined {
  const unknown = strip.find((name) => !markups.includes(name));
  if (unknown !== undefined) wrong('strip', unknown, markups);
  if (!digitsChoices.includes(digits)) wrong('digits', digits, digitsChoices);
  const named: { name: keyof CleanedCounts; stage: Stage }[] = markups
    .filter((name) => strip.includes(name))
    .map((name) => ({ name, stage: stages[name]() }));
  if (sentences) named.push({ name: 'sentences', stage: splitSentences() });
  const folds = digits === 'fold';
  if (named.length === 0 && !folds) return undefined;

  const taken = new Map<keyof CleanedCounts, number>(named.map(({ name }) => [name, 0]));
  let folded = 0;
  let waiting: Uint8Array[] = []; // bytes that are not cleaned yet
  let length = 0;

  function clean(bytes: Buffer, last: boolean): Buffer {
    let text = bytes.toString('latin1');
    for (const { name, stage } of named) {
      const before = text.length;
      text = stage.clean(text, last);
      // What a stage holds back comes later, or is taken: the sum over a file is right.
      taken.set(name, stage.count?.() ?? taken.get(name)! + before - text.length);
    }
    const out = Buffer.from(text, 'latin1');
    if (folds) folded += foldDigits(out);
    return out;
  }

  /**
   * Cleans all whole lines of the text, or all of it. Whatever the chunks are, the same bytes are cleaned together or
   * apart.
   */
  function cleanLines(last: boolean): Buffer {
    const bytes = Buffer.concat(waiting, length);
    const out: Buffer[] = [];
    let at = 0; // of the next line
    let done = 0;
    for (;;) {
      const end = bytes.indexOf(LINE_FEED, at) + 1;
      const next = end > 0 ? end : bytes.length;
      if (next - at > LONGEST_LINE) {
        if (at > done) out.push(clean(bytes.subarray(done, at), false));
        const part = bytes.subarray(at, at + LONGEST_LINE);
        done = at + (part.lastIndexOf(SPACE) + 1 || part.length);
        out.push(clean(bytes.subarray(at, done), false));
        at = done;
        continue;
      }
      if (end === 0) break;
      at = end;
    }
    const rest = last ? bytes.length : at;
    if (rest > done || last) out.push(clean(bytes.subarray(done, rest), last));
    waiting = rest < bytes.length ? [Buffer.from(bytes.subarray(rest))] : [];
    length = bytes.length - rest;
    return out.length === 1 ? out[0]! : Buffer.concat(out);
  }

  return {
    write(chunk) {
      waiting.push(Buffer.from(chunk)); // a copy: the memory of chunks is used again
      length += chunk.length;
      return length < BATCH ? Buffer.alloc(0) : cleanLines(false);
    },
    endFile: () => cleanLines(true),
    counts: () => ({ ...Object.fromEntries(taken), ...(folds && { digits: folded }) }),
  };
}

function wrong(name: string, value: unknown, choices: readonly string[]): never {
  throw new W2vError(
    'usage',
    `${name} is ${String(value)}: expected ${choices.join(', ')}`,
    'give one of these, or leave it out',
  );
}
