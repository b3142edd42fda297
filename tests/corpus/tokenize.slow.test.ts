import { describe, expect, it } from 'vitest';
import { LINE_END } from '../../src/corpus/encoded-corpus.ts';
import { createTokenRules, LONGEST_TOKEN } from '../../src/corpus/token-rules.ts';
import { createTokenizer } from '../../src/corpus/tokenize.ts';
import { fc, runs } from '../properties.ts';
import { naiveInvalidBytes, naiveTokens } from './naive-tokens.ts';

/** Tokens by line, through the tokenizer and the type counter, the bytes cut after each of `cuts`. */
function tokens(bytes: Uint8Array, tokenizer: 'words' | 'whitespace' = 'words', keepCase = false, cuts: number[] = []) {
  const rules = createTokenRules(tokenizer, keepCase);
  const stream: number[] = [];
  const scanner = createTokenizer(rules, (entries) => stream.push(...entries));
  scanner.startFile('text', 0);
  let from = 0;
  for (const cut of [...cuts.map((c) => Math.min(c, bytes.length)).sort((a, b) => a - b), bytes.length]) {
    scanner.write(bytes.subarray(from, cut));
    from = cut;
  }
  scanner.endFile();
  const types = scanner.types.countedTypes();
  const final = scanner.types.resolve(Int32Array.from({ length: types.size }, (_, id) => id));
  const lines: string[][] = [[]];
  const counts = new Float64Array(types.size);
  for (const id of stream) {
    if (id === LINE_END) {
      lines.push([]);
    } else if (final[id] >= 0) {
      lines.at(-1)!.push(types.word(final[id]));
      counts[final[id]]++;
    }
  }
  expect(types.counts.filter((_, id) => final[id] === id)).toEqual(counts.filter((_, id) => final[id] === id));
  return {
    lines: lines.filter((line) => line.length > 0),
    overlong: scanner.overlongTokens(),
    invalid: scanner.invalidBytes(),
    allLines: scanner.lines(),
  };
}

const words = (text: string, keepCase = false) => tokens(Buffer.from(text), 'words', keepCase).lines.flat();

describe('words', () => {
  it('follows its rule', () => {
    expect(words("Don't 'tis dogs' rock'n'roll state-of-the-art a--b U.S. snake_case 3.14 x- -y")).toEqual(
      "don't tis dogs rock'n'roll state-of-the-art a b u s snake case 3 14 x y".split(' '),
    );
  });

  it("writes the curly apostrophe and U+2010 as ' and -", () => {
    expect(words("don\u2019t don't \u2019quoted\u2019 one\u2010two one-two")).toEqual([
      "don't",
      "don't",
      'quoted',
      'one-two',
      'one-two',
    ]);
  });

  it('brings words to NFC and lower case', () => {
    expect(words('E\u0301COLE École \u1112\u1161\u11ab\u1100\u1173\u11af ΌΔΟΣ \u212b ПРИВЕТ')).toEqual([
      'école',
      'école',
      '한글',
      'όδος',
      'å',
      'привет',
    ]);
    expect(words('E\u0301cole NASA', true)).toEqual(['École', 'NASA']);
  });

  it('takes marks alone for no word', () => {
    expect(words('\u2764\ufe0f \u0301 a')).toEqual(['a']);
  });

  it('separates at U+FFFD and at invalid bytes', () => {
    expect(words('left\ufffdright')).toEqual(['left', 'right']);
    expect(tokens(Buffer.from('left\xffri\xe9ght', 'latin1'))).toMatchObject({
      lines: [['left', 'ri', 'ght']],
      invalid: 2,
    });
  });

  it('knows every character that may compose with the one before it', () => {
    const rules = createTokenRules('words', false);
    const wrong: string[] = [];
    for (let codePoint = 0x80; codePoint < 0x110000; codePoint++) {
      const parts = [...String.fromCodePoint(codePoint).normalize('NFD')];
      if (parts.length < 2 || [...parts.join('').normalize('NFC')].length > 1) continue;
      for (const part of parts.slice(1)) {
        const kind = part > '\x7f' ? rules.classOf(part.codePointAt(0)!) : 0;
        if (kind === 1) wrong.push(part);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has final forms that are their own final form', () => {
    for (const keepCase of [false, true]) {
      const rules = createTokenRules('words', keepCase);
      const wrong: string[] = [];
      for (let codePoint = 0x80; codePoint < 0x110000; codePoint++) {
        const character = String.fromCodePoint(codePoint);
        if (!/[\p{L}\p{N}]/u.test(character)) continue;
        const form = rules.finalForm(character);
        if (rules.finalForm(form) !== form) wrong.push(character);
      }
      expect(wrong).toEqual([]);
    }
  });
});

describe('both tokenizers', () => {
  // Pieces that meet each branch: ASCII, joiners, marks, jamo, case, every length of UTF-8, each kind of broken UTF-8.
  const pieces = [
    ...[
      'a',
      'B',
      'word',
      'Zz9',
      "'",
      '-',
      '\u2019',
      '\u2010',
      ' ',
      '\t',
      '\n',
      '\r\n',
      '\u00a0',
      '\u2003',
      '\u0085',
      '\x1c',
    ],
    ...[
      'é',
      'É',
      'e\u0301',
      '\u0301',
      '\u0323',
      'İ',
      'ß',
      'Σ',
      'ς',
      'ж',
      'Ж',
      '한',
      '\u1112\u1161',
      '\u11ab',
      '漢',
      '\u{20000}',
    ],
    ...[
      '\u{1d400}',
      '\u{10400}',
      '\u{1f600}',
      '\ufe0f',
      '\u0939\u093f\u0928\u094d\u0926\u0940',
      '\ufffd',
      '\ufeff',
      '\u03d3',
      '.',
      '_',
      '\u{16d63}\u{16d67}',
    ],
  ].map((piece) => Buffer.from(piece));
  const broken = [
    '80',
    'c3',
    'c0af',
    'e0809f',
    'e282',
    'eda080',
    'f09f98',
    'f0808080',
    'f4908080',
    'ff',
    'f5',
    'e2',
    'f0',
    'f48f',
  ];
  const piece = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...pieces) },
    { weight: 2, arbitrary: fc.constantFrom(...broken.map((hex) => Buffer.from(hex, 'hex'))) },
    {
      weight: 2,
      arbitrary: fc.string({ unit: 'binary', maxLength: 8 }).map((text) => Buffer.from(text.replaceAll('\0', ''))),
    },
    { weight: 1, arbitrary: fc.uint8Array({ min: 1, maxLength: 6 }).map((bytes) => Buffer.from(bytes)) },
  );
  const text = fc.array(piece, { maxLength: 60 }).map((parts) => Buffer.concat(parts));
  const cuts = fc.array(fc.nat(150), { maxLength: 12 });

  it.each([
    ['words', false],
    ['words', true],
    ['whitespace', false],
  ] as const)('%s, keepCase %s: as the naive one, however the text is cut', (tokenizer, keepCase) => {
    fc.assert(
      fc.property(text, cuts, (bytes, at) => {
        const found = tokens(bytes, tokenizer, keepCase, at);
        const expected = naiveTokens(bytes, tokenizer, keepCase);
        expect(found.lines).toEqual(expected.lines);
        expect(found.invalid).toBe(naiveInvalidBytes(bytes));
      }),
      { numRuns: runs(1500) },
    );
  });

  it('drops and counts tokens longer than the limit, however the text is cut', () => {
    const long = fc
      .array(
        fc.oneof(
          fc.tuple(fc.constantFrom('a', 'é', '한', "a-b'", 'x\u2019', '\u0301e'), fc.integer({ min: 300, max: 1100 })),
          fc.tuple(fc.constantFrom(' ', 'ok ', '\n', '-', ' \xff'), fc.constant(1)),
        ),
        { maxLength: 8 },
      )
      .map((runs) => Buffer.from(runs.map(([unit, times]) => unit.repeat(times)).join('')));
    fc.assert(
      fc.property(
        long,
        fc.array(fc.nat(9000), { maxLength: 12 }),
        fc.constantFrom('words', 'whitespace'),
        (bytes, at, name) => {
          const found = tokens(bytes, name, false, at);
          const expected = naiveTokens(bytes, name, false);
          expect(found.lines).toEqual(expected.lines);
          expect(found.overlong).toBe(expected.overlong);
        },
      ),
      { numRuns: runs(300) },
    );
  });

  it('counts the invalid bytes of an overlong token once', () => {
    const bytes = Buffer.concat([Buffer.alloc(3000, 0xff), Buffer.from(' x')]);
    const found = tokens(bytes, 'whitespace', false, [10, 500, 1020, 1030, 1031, 2000]);
    expect(found).toMatchObject({ lines: [['x']], overlong: 1, invalid: 3000 });
  });

  it('keeps a token of exactly the limit', () => {
    const longest = 'a'.repeat(LONGEST_TOKEN);
    expect(words(`${longest} ${longest}a`)).toEqual([longest]);
  });

  it('counts lines as they stand in the file', () => {
    expect(tokens(Buffer.from('')).allLines).toBe(0);
    expect(tokens(Buffer.from('a')).allLines).toBe(1);
    expect(tokens(Buffer.from('a\n')).allLines).toBe(1);
    expect(tokens(Buffer.from('\n\r\nb')).allLines).toBe(3);
  });
});
