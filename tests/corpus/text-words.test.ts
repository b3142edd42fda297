// The words of a text in memory are those of the tokenizer of corpora.

import { expect, it } from 'vitest';
import { textWords } from '../../src/corpus/text-words.ts';
import { openTokenizer, tokenizerNames } from '../../src/corpus/tokenizers/tokenizers.ts';
import { fc, runs } from '../properties.ts';
import { naiveTokens } from './naive-tokens.ts';
import { tokensOf } from './tokenizers/read-tokens.ts';

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

const text = fc.oneof(
  fc.array(pieces).map((some) => some.join('')),
  fc.string(),
  fc.string({ unit: 'binary' }),
);
const wellFormed = (some: string) => Buffer.from(some.replaceAll('\n', ' ').replaceAll('\0', ' ')).toString();

it.each(settings)('%s, keepCase %s: as plain regular expressions', async (tokenizer, keepCase) => {
  const wordsOf = textWords(await openTokenizer({ tokenizer, keepCase }));
  fc.assert(
    fc.property(text, (some) => {
      const line = wellFormed(some);
      expect(wordsOf(line)).toEqual(naiveTokens(Buffer.from(line), tokenizer, keepCase).lines.flat());
    }),
  );
});

it.each(tokenizerNames.flatMap((name) => [[name, false] as const, [name, true] as const]))(
  '%s, keepCase %s: as the tokenizer of corpora',
  async (tokenizer, keepCase) => {
    const wordsOf = textWords(await openTokenizer({ tokenizer, keepCase }));
    await fc.assert(
      fc.asyncProperty(text, async (some) => {
        const line = `x ${wellFormed(some)}`; // no byte order mark at the start
        const read = await tokensOf(line, { tokenizer, keepCase }).catch((error) => {
          if (error.code === 'corpus-empty') return [];
          throw error;
        });
        expect(wordsOf(line)).toEqual(read.flat());
      }),
      { numRuns: runs(40) },
    );
  },
);
