// docs/architecture.md has a line for each file of src/, as it is now.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error: the scripts are plain JavaScript
import { firstSentence, withFileList } from '../scripts/map.js';

it('docs/architecture.md lists the files as they are (else run node scripts/map.js)', () => {
  const page = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8');
  expect(page).toBe(withFileList(page));
});

it('a line is the first sentence of the opening comment, without its formula', () => {
  expect(firstSentence('// What it does. And more.\ncode')).toBe('What it does');
  expect(firstSentence('// Over two\n// lines: a list\ncode')).toBe('Over two lines: a list');
  expect(firstSentence('// Weights (Mikolov et al. 2013, eq. 4), W .. 1.\n// More.\ncode')).toBe(
    'Weights (Mikolov et al. 2013, eq. 4), W .. 1',
  );
  expect(firstSentence('// A mean:\n//   sum / n\n// of all. More.\ncode')).toBe('A mean');
});

it('of a long first sentence, it is what stands before the colon', () => {
  const long = 'and so on '.repeat(15);
  expect(firstSentence(`// What (in short: this) it does: ${long}.\ncode`)).toBe('What (in short: this) it does');
  expect(firstSentence(`// What it does, ${long}and on.\ncode`)).toBe(`What it does, ${long}and on`);
});
