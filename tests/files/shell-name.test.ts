import { expect, it } from 'vitest';
import { quotedFor } from '../../src/files/shell-name.ts';

it.each([
  ['a.bin', 'linux', 'a.bin'],
  ['my file', 'linux', "'my file'"],
  ["it's", 'linux', "'it'\\''s'"],
  ['a\\b', 'linux', "'a\\b'"],
  ['a\\b', 'win32', 'a\\b'],
  ['C:\\my file', 'win32', '"C:\\my file"'],
  ["it's", 'win32', '"it\'s"'],
])('%s on %s: %s', (name, platform, quoted) => {
  expect(quotedFor(name, platform)).toBe(quoted);
});
