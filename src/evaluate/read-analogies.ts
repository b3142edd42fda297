// Reads analogy questions, `a is to b as c is to d`, in sections: the Google set (Mikolov et al. 2013) and similar
// files.

import { basename } from 'node:path';
import { checkText } from '../base/check.ts';
import { malformed, malformedAt } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { linesOf, readTestFile, shown } from './read-test-file.ts';

/** a, b, c and the expected answer d. */
export type AnalogyLine = readonly [a: string, b: string, c: string, d: string];

/** A test set of analogy questions, from `readAnalogies` or `parseAnalogies`. */
export interface AnalogySet {
  /** File name without folder. */
  name: string;
  /** In the order of the file, also several sections of one name; their concatenated questions are `questions`. */
  sections: { name: string; questions: AnalogyLine[] }[];
}

const hint = "write four words on each line, and a section's name after a colon: ': capitals'";

/**
 * Reads a file of questions; see `parseAnalogies`. Throws `file-missing`, `file-unreadable`, `not-text`,
 * `file-malformed`, `interrupted`.
 */
export async function readAnalogies(path: string, signal?: AbortSignal): Promise<AnalogySet> {
  return { ...parseAnalogies(await readTestFile(path, signal), path), name: basename(path) };
}

/**
 * Parses questions: four words per line, separated by tabs, spaces or commas; `: name` or `# name` begins a section.
 * Questions before the first section form an unnamed section (gensim rejects such a file). A line with another number
 * of words is an error (gensim silently skips it).
 *
 * Throws `file-malformed` with `name:line`.
 */
export function parseAnalogies(text: string, name: string): AnalogySet {
  checkText(text, 'the text of the questions');
  checkText(name, 'the name');
  const sections: AnalogySet['sections'] = [];
  for (const { number, text: line } of linesOf(text)) {
    if (/^[:#]/.test(line)) {
      sections.push({ name: line.replace(/^[:#\s]+/, ''), questions: [] });
      continue;
    }
    const words = line.split(/[\t ,]+/).filter((word) => word !== '');
    if (words.length !== 4) {
      const count = `${words.length} ${words.length === 1 ? 'word' : 'words'}`;
      throw malformedAt(`${quotable(name)}:${number}`, `expected four words, found ${count}: ${shown(line)}`, hint);
    }
    if (sections.length === 0) sections.push({ name: '', questions: [] });
    sections.at(-1)!.questions.push(words as unknown as AnalogyLine);
  }
  if (!sections.some((section) => section.questions.length > 0)) {
    throw malformed(`${quotable(name)} has no analogy questions`, hint);
  }
  return { name, sections };
}
