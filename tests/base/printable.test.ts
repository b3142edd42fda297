import { describe, expect, it } from 'vitest';
import { printable, printableJson, quotable, shortened } from '../../src/base/printable.ts';
import { fc } from '../properties.ts';

describe('printable', () => {
  it('shows control characters as escapes', () => {
    expect(printable('\x1b]52;c;aGk=\x07')).toBe('\\x1b]52;c;aGk=\\x07');
    expect(printable('a\u202eb\u009bc')).toBe('a\\u202eb\\x9bc');
    expect(printable('two\nlines\t', '\n')).toBe('two\nlines\\x09');
  });

  it('shows every character that changes the direction of a line, and what it means for JSON', () => {
    for (const character of '\u061c\u200e\u200f\u202a\u202e\u2066\u2069') {
      const shown = `a\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
      expect(printable(`a${character}`)).toBe(shown);
      expect(printableJson(`"a${character}"`)).toBe(`"${shown}"`);
    }
  });

  it('leaves words of every language alone', () => {
    for (const word of ['한국', 'naïve', '東京', 'नमस्ते', '👩‍👩‍👧', 'C++']) expect(printable(word)).toBe(word);
  });
});

it('printableJson means the same and has no control characters', () => {
  const value = { word: '\u009b31m \\x9b \u202e', next: '\u001b' };
  const text = printableJson(JSON.stringify(value, null, 2));
  expect(JSON.parse(text)).toEqual(value);
  expect(text).not.toMatch(/[\u007f-\u009f\u202e]/);
});

describe('shortened', () => {
  it('cuts at 80 characters with an ellipsis', () => {
    expect(shortened('a'.repeat(80))).toBe('a'.repeat(80));
    expect(shortened('a'.repeat(81))).toBe(`${'a'.repeat(79)}…`);
    expect(shortened('😀'.repeat(80))).toBe('😀'.repeat(80));
    expect(shortened('abcdef', 4)).toBe('abc…');
  });

  it('never gives more characters than asked for, nor half of one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 1, max: 100 }), (text, most) => {
        const cut = shortened(text, most);
        expect([...cut].length).toBeLessThanOrEqual(most);
        expect(Buffer.from(cut).toString()).toBe(cut);
      }),
    );
  });
});

it('quotable cuts, then escapes', () => {
  expect(quotable(`\x1b${'a'.repeat(100)}`)).toBe(`\\x1b${'a'.repeat(78)}…`);
});
