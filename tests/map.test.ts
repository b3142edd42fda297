// docs/architecture.md has a line for each file of src/, as it is now.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error: the scripts are plain JavaScript
import { firstSentence, withFileList } from '../scripts/map.js';

it('docs/architecture.md lists the files as they are (else run node scripts/map.js)', () => {
  const page = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8');
  expect(page).toBe(withFileList(page));
});

it('a line is the first sentence of the opening comment', () => {
  expect(firstSentence('// What it does. And more.\ncode')).toBe('What it does');
  expect(firstSentence('// Over two\n// lines: a list\n// x')).toBe('Over two lines: a list x');
});
