// Cleans text before it is tokenized: markup and addresses go, digits are folded, sentences become lines. All of it
// works on bytes as they stream by, line by line, with bounded memory, on the thread that reads; threads that tokenize
// get clean text, so their number changes nothing.
import { usage } from '../../base/errors.ts';
import { foldDigits } from './digits.ts';
import { stripHtml } from './html.ts';
import { stripMarkdown } from './markdown.ts';
import { splitSentences } from './sentences.ts';
import type { Stage } from './spans.ts';
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
  /** The clean text that is ready, in pieces, so that the caller can pause between them. */
  write(chunk: Uint8Array): Iterable<Uint8Array>;
  /** The rest of the file. The next chunk begins another. */
  endFile(): Iterable<Uint8Array>;
  counts(): CleanedCounts;
}

interface Step {
  name: keyof CleanedCounts;
  stage: Stage;
  cut: LineCutter;
}

const stages = { html: stripHtml, wiki: stripWiki, markdown: stripMarkdown, urls: stripUrls };
const BATCH = 1 << 16; // bytes that are worth cleaning at once

/** Undefined if there is nothing to do. Throws `usage` for an unknown name. */
export function createCleaner({
  strip = [],
  digits = 'keep',
  sentences = false,
}: CleaningOptions): Cleaner | undefined {
  const unknown = strip.find((name) => !markups.includes(name));
  if (unknown !== undefined) wrong('strip', unknown, markups);
  if (!digitsChoices.includes(digits)) wrong('digits', digits, digitsChoices);
  const steps: Step[] = markups
    .filter((name) => strip.includes(name))
    .flatMap((name) => stages[name]().map((stage) => ({ name, stage, cut: createLineCutter() })));
  if (sentences) steps.push({ name: 'sentences', stage: splitSentences(), cut: createLineCutter() });
  const folds = digits === 'fold';
  if (steps.length === 0 && !folds) return undefined;

  const taken = new Map<keyof CleanedCounts, number>(steps.map(({ name }) => [name, 0]));
  let folded = 0;
  let waiting = ''; // not cleaned yet

  /** Each step gets whole lines of what the step before left, so that the result does not depend on the chunks. */
  function* clean(text: string, last: boolean, from = 0): Generator<Uint8Array> {
    if (from === steps.length) {
      const out = Buffer.from(text, 'latin1');
      if (folds) folded += foldDigits(out);
      yield out;
      return;
    }
    const { name, stage, cut } = steps[from];
    for (const piece of cut(text, last)) {
      const left = stage.clean(piece.text, piece.last);
      // What a stage holds back comes later, or is taken: the sum over a file is right.
      taken.set(name, stage.count?.() ?? taken.get(name)! + piece.text.length - left.length);
      yield* clean(left, piece.last, from + 1);
    }
  }

  function* cleanWaiting(last: boolean): Generator<Uint8Array> {
    const text = waiting;
    waiting = '';
    yield* clean(text, last);
  }

  return {
    write(chunk) {
      waiting += Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
      return waiting.length < BATCH ? [] : cleanWaiting(false);
    },
    endFile: () => cleanWaiting(true),
    counts: () => ({ ...Object.fromEntries(taken), ...(folds && { digits: folded }) }),
  };
}

function wrong(name: string, value: unknown, choices: readonly string[]): never {
  throw usage(`${name} is ${String(value)}: expected ${choices.join(', ')}`, 'give one of these, or leave it out');
}

const MOST = 1 << 16; // bytes

/** The pieces that are ready. `last`: the file ends here; its last piece says so, and may be empty. */
type LineCutter = (text: string, last: boolean) => Iterable<{ text: string; last: boolean }>;

/**
 * Cuts a stream of text into pieces for a step: whole lines, at most 64 kB of them. A longer line is cut after the last
 * space of each 64 kB. The pieces of a line depend only on the line, not on the chunks that it comes in.
 */
function createLineCutter(): LineCutter {
  let rest = '';
  return function* cut(text, last) {
    const all = rest + text;
    rest = '';
    let at = 0;
    while (all.length - at > MOST) {
      const longest = all.slice(at, at + MOST);
      const length = longest.lastIndexOf('\n') + 1 || longest.lastIndexOf(' ') + 1 || MOST;
      yield { text: longest.slice(0, length), last: false };
      at += length;
    }
    const open = all.slice(at);
    const length = last ? open.length : open.lastIndexOf('\n') + 1;
    rest = open.slice(length);
    if (length > 0 || last) yield { text: open.slice(0, length), last };
  };
}

const url = /(?:https?:\/\/|ftp:\/\/|\bwww\.)[!#-;=?-~]+/gi;
const mail = /(?<![\w.+-])(?:mailto:)?[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/gi;

/**
 * Addresses of the web and of e-mail. An address ends at the first character that is not ASCII, so that endings that
 * are written to it in Korean or Japanese stay; punctuation after it stays too.
 */
function stripUrls(): Stage[] {
  const ending = (whole: string) => /[.,;:!?'")\]}*_]*$/.exec(whole.slice(-8))![0];
  return [{ clean: (text) => text.replace(url, ending).replace(mail, '') }];
}
