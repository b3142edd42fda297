// The words of a text in memory are those of the tokenizer of corpora.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textTokenizer } from '../../src/corpus/text-words.ts';
import { naiveTokens } from './naive-tokens.ts';

const settings = [
  ['words', false],
  ['words', true],
  ['whitespace', false],
] as const;

const pieces = fc.constantFrom(
  ...[
    "don't",
    '\u2019',
    '-',
    '\u2010',
    'É',
    'E\u0301',
    'ΌΔΟΣ',
    '한국어',
    '\u1112\u1161',
    '日本',
    '🐋',
    '\u0301',
    '\u200b',
  ],
  ...[
    'A',
    'b',
    '7',
    '.',
    ',',
    '_',
    ' ',
    '\t',
    '\r',
    '\x1c',
    '\x85',
    '\u3000',
    '\ufffd',
    '\ufeff',
    'x'.repeat(1024),
    'é'.repeat(513),
  ],
);

it.each(settings)('%s, keepCase %s: as the tokenizer of corpora', (tokenizer, keepCase) => {
  const wordsOf = textTokenizer(tokenizer, keepCase);
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(pieces).map((some) => some.join('')),
        fc.string(),
        fc.string({ unit: 'binary' }),
      ),
      (text) => {
        const line = Buffer.from(text.replaceAll('\n', ' ')).toString();
        expect(wordsOf(line)).toEqual(naiveTokens(Buffer.from(line), tokenizer, keepCase).lines.flat());
      },
    ),
  );
});

it('throws on another name', () => {
  expect(() => textTokenizer('none' as never, false)).toThrow(/tokenizer is 'none'/);
});
