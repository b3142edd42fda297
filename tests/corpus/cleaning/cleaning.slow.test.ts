import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/base/random.ts';
import { type CleaningOptions, createCleaner } from '../../../src/corpus/cleaning/cleaning.ts';
import { encodeCorpus, encodeText } from '../../../src/corpus/encode.ts';

/** The clean text, given in chunks of `size` bytes, and what was counted. */
function cleaned(text: string | Uint8Array, options: CleaningOptions, size = Number.POSITIVE_INFINITY) {
  const bytes = Buffer.from(text as string);
  const cleaner = createCleaner(options)!;
  const out: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += Math.min(size, bytes.length)) {
    for (const piece of cleaner.write(bytes.subarray(at, at + size))) out.push(Buffer.from(piece));
  }
  for (const piece of cleaner.endFile()) out.push(Buffer.from(piece));
  return { text: Buffer.concat(out).toString(), counts: cleaner.counts() };
}

const clean = (text: string, options: CleaningOptions) => cleaned(text, options).text;

describe('strip html', () => {
  it.each([
    ['<p>Hello <b>w</b>orld</p>', '\nHello world\n'],
    ['a <!-- x\n<b> y --> b', 'a  b'],
    ['<script>if (a < b) "</p>"</script>x<STYLE a>p {}</style >y', 'xy'],
    [
      'caf&eacute; &amp;lt; &#54620;&#xad6d; &nbsp;&bogus; &#0;&#xd800;&#1114112;',
      'café &lt; 한국  &bogus;  \ufffd\ufffd',
    ],
    ['1 < 2 and a <b and c<d <3', '1 < 2 and a <b and c<d <3'],
    ['<a\nhref="x"\n>link</a>', 'link'],
    ['<tr><td>a</td><td>b</td></tr>', '\n a  b \n'],
    ['an open <!-- comment', 'an open <!-- comment'],
  ])('%j', (text, expected) => {
    expect(clean(text, { strip: ['html'] })).toBe(expected);
  });
});

describe('strip wiki', () => {
  it.each([
    ["'''Anarchism''' is a [[political philosophy|philosophy]] of [[bank]]s.", 'Anarchism is a philosophy of banks.'],
    ['a{{Infobox\n| b = {{c}}\n}}b', 'ab'],
    ['a\n{| class=x\n|-\n| a\n {| nested\n |}\n|}\nb', 'a\n\nb'],
    ['x<ref name="a">no {{cite\n|b}}</ref>y<ref name=a/>z', 'xyz'],
    ['[[File:x.jpg|thumb|A [[cat]] here]]a[[분류:한국]]b[[image processing: x]]', 'abimage processing: x'],
    ['== History ==\n* one\n## two\n; three\n__TOC__', 'History\none\ntwo\nthree\n'],
    ['[http://a.b/c label] [https://a.b] &ndash; <small>s</small>', 'label  – s'],
    ['#REDIRECT [[New York]]\nx', '\nx'],
    ['{{open [[a]] b', '{{open a b'],
  ])('%j', (text, expected) => {
    expect(clean(text, { strip: ['wiki'] })).toBe(expected);
  });

  it('in a dump comes after its HTML', () => {
    const dump = "<page><title>X</title><text>''a'' &lt;ref&gt;b&lt;/ref&gt;&amp;nbsp;c</text></page>";
    expect(clean(dump, { strip: ['wiki', 'html'] })).toBe('\nX\na  c');
  });
});

describe('strip markdown', () => {
  it.each([
    [
      '# Title\n\nSome *emph*, **strong**, __strong__, _em_, ~~out~~ and `code`',
      'Title\n\nSome emph, strong, strong, em, out and code',
    ],
    ['[link](http://x.y/(a)) ![image](b.png "c") [![b](c)](d) [e][f]', 'link image b e'],
    ['2 * 3, snake_case and a_b_c', '2 * 3, snake_case and a_b_c'],
    ['> quote\n> > twice\n- item\n  10. ten', 'quote\ntwice\nitem\nten'],
    ['a\n```js\n<code>\n```\nb\n~~~\nc\n~~~', 'a\n\nb\n'],
    ['| a | b |\n|---|:-:|\n| 1 | 2 |', '  a   b  \n\n  1   2  '],
    ['[id]: http://foo\n***\n<http://auto.link>', '\n\nhttp://auto.link'],
    ['```\nopen', '\nopen'],
  ])('%j', (text, expected) => {
    expect(clean(text, { strip: ['markdown'] })).toBe(expected);
  });
});

it.each([
  ['see http://x.com/a?b=c, (https://y.z/d). www.foo.com에서', 'see , (). 에서'],
  ['me@ex-am.ple.org! mailto:a@b.co x@y', '!  x@y'],
])('strip urls: %j', (text, expected) => {
  expect(clean(text, { strip: ['urls'] })).toBe(expected);
});

it.each([
  ['One. Two! Three?  Four… "Five." (Six.) Seven', 'One.\nTwo!\nThree?\nFour…\n"Five."\n(Six.)\nSeven'],
  ['Mr. Smith met J. R. Tolkien, i.e. him. yes... no', 'Mr. Smith met J. R. Tolkien, i.e. him. yes... no'],
  ['Élan. été. Été.', 'Élan. été.\nÉté.'],
  ['A hard break.  \nNext. \t\nLast.  ', 'A hard break.  \nNext. \t\nLast.  '],
  ['한국어. 다음 문장? 네。はい」。いいえ！', '한국어.\n다음 문장?\n네。\nはい」。\nいいえ！'],
])('sentences: %j', (text, expected) => {
  expect(clean(text, { sentences: true })).toBe(expected);
});

it('digits are folded, and all is counted', () => {
  const { text, counts } = cleaned('In 1984, <b>9</b> cats. So http://a.b/1 it is.', {
    strip: ['html', 'urls'],
    digits: 'fold',
    sentences: true,
  });
  expect(text).toBe('In 0000, 0 cats.\nSo  it is.');
  expect(counts).toEqual({ html: 7, urls: 12, digits: 5, sentences: 1 });
});

it('there is nothing to do without options, and names are checked', () => {
  expect(createCleaner({})).toBeUndefined();
  expect(createCleaner({ strip: [], digits: 'keep', sentences: false })).toBeUndefined();
  for (const wrong of [{ strip: ['xml'] }, { digits: 'drop' }]) {
    expect(() => createCleaner(wrong as CleaningOptions)).toThrow(expect.objectContaining({ code: 'usage' }));
  }
});

const everything: CleaningOptions = { strip: ['html', 'wiki', 'markdown', 'urls'], digits: 'fold', sentences: true };
const marks = [
  '<',
  '>',
  '<b>',
  '</p>',
  '<!--',
  '-->',
  '<ref>',
  '</ref>',
  '{{',
  '}}',
  '\n{|',
  '\n|}',
  '[[',
  ']]',
  '[[File:',
  '|',
]
  .concat([
    '](',
    ')',
    '```',
    '\n```\n',
    '# ',
    '* ',
    '&amp;',
    '&',
    "''",
    '==',
    'http://a.b',
    '@',
    '.',
    '! ',
    '。',
    ' ',
    '\n',
    '_',
  ])
  .concat(['word', 'Word', 'é', '한국', '\u{1f600}', '12', '\ufeff']);

function randomText(random: ReturnType<typeof createRandom>, length: number): string {
  return Array.from({ length }, () => marks[random.below(marks.length)]).join('');
}

it('the result does not depend on where the chunks end, for any text', () => {
  const random = createRandom(3);
  for (let round = 0; round < 40; round++) {
    const text = randomText(random, 2000);
    const whole = cleaned(text, everything);
    for (const size of [1, 7, 1000]) expect(cleaned(text, everything, size)).toEqual(whole);
  }
  const long = `${randomText(random, 60_000).replaceAll('\n', ' ')}\n${randomText(random, 60_000)}`;
  const whole = cleaned(long, everything);
  for (const size of [1000, 65_537]) expect(cleaned(long, everything, size)).toEqual(whole);
});

it('text without markup stays as it is', () => {
  const random = createRandom(5);
  const plain = [
    'word',
    'Word',
    'é',
    '한국',
    '\u{1f600}',
    ',',
    '.',
    ' ',
    ' ',
    '\n',
    '(',
    ')',
    '"',
    "don't",
    'a-b',
    '50%',
    'x;',
  ];
  for (let round = 0; round < 50; round++) {
    const words = Array.from({ length: 500 }, () => `${plain[random.below(plain.length)]}`).join('');
    const text = words.replace(/^[; \t(]+/gm, 'x');
    expect(clean(text, { strip: ['html', 'wiki', 'markdown', 'urls'] })).toBe(text);
    const sentences = clean(text, { sentences: true });
    expect(sentences.replaceAll(/[ \n]/g, '')).toBe(text.replaceAll(/[ \n]/g, ''));
  }
});

// Lines on which a regular expression with two ways to match the same characters takes quadratic time.
const hostile = [
  '[http://aaaa',
  '-',
  '- ',
  ' *',
  '*',
  '_',
  ' __',
  '`',
  '~',
  '=',
  '[',
  ']',
  '[[',
  '[[a|',
  '{{',
  '}}',
  '{|',
  '<',
  '<!--',
  '<a ',
  '</',
  '&',
  '&#1',
  "'",
  '__A',
  '|',
  '| ',
  '>',
  '> ',
  ' > ',
  '(',
  '[a](',
  '[a](b',
  '![',
  '#',
  '# ',
  '1. ',
  '.',
  '. ',
  '." ',
  '.)',
  ' ',
  '\t',
  'a',
  'a@',
  'a.b@',
  '@a.',
  'www.',
  'http://',
  'mailto:',
  '-a',
  ':',
  '。',
  '。」',
  '\u00e9',
  'mr.',
];

describe.each([['html'], ['wiki'], ['markdown'], ['urls'], ['html', 'wiki', 'markdown', 'urls']] as const)(
  'strip %s %s %s %s takes linear time',
  (...strip) => {
    it('on lines of 128 kB', { timeout: 60_000 }, () => {
      for (const unit of hostile) {
        const line = unit.repeat(Math.ceil(2 ** 17 / unit.length));
        const used = process.cpuUsage();
        for (const text of [line, `a ${line} b`, `[http:${line}x\n${line}x`]) {
          cleaned(text, { strip, sentences: true, digits: 'fold' }, 1 << 18);
        }
        const { user } = process.cpuUsage(used);
        expect(user / 1e6, `seconds for ${JSON.stringify(unit)}`).toBeLessThan(2);
      }
    });
  },
);

it('lines that html joins are cut again, so that no later step sees more than 64 kB', () => {
  const text = 'a <!--\n-->'.repeat(40_000);
  const { text: whole } = cleaned(text, { strip: ['html', 'wiki'] });
  expect(whole).toBe('a '.repeat(40_000));
});

it('pieces come one by one, so that the reader can pause between them', () => {
  const cleaner = createCleaner({ strip: ['wiki'] })!;
  const pieces = [...cleaner.write(Buffer.from('word '.repeat(100_000))), ...cleaner.endFile()];
  expect(pieces.length).toBeGreaterThan(6);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(1 << 16);
});

it('an opening without an end costs nothing: all text after it stays', () => {
  const words = 'and words go on. '.repeat(40_000);
  for (const opening of ['{{', '\n{|', '<!--', '<ref>', '<a ', '[[File:', '<script>', '\n```\n']) {
    const { text } = cleaned(`${opening}${words}`, { strip: ['html', 'wiki', 'markdown'] });
    expect(text.match(/words/g)).toHaveLength(40_000);
  }
});

it('bytes that are not UTF-8 pass unchanged', () => {
  const bytes = Buffer.from([0x61, 0xff, 0xa0, 0x20, 0xe9, 0x0a, 0x80, 0xc3]);
  const cleaner = createCleaner({ strip: ['html', 'wiki', 'markdown', 'urls'] })!;
  expect(Buffer.concat([...cleaner.write(bytes), ...cleaner.endFile()])).toEqual(bytes);
});

describe('reading', () => {
  it('cleans before it tokenizes, and says what it cleaned', async () => {
    const options = { minCount: 1, strip: ['html'] as const, digits: 'fold' as const, sentences: true };
    const corpus = await encodeText('<b>In</b> 1984. The end', options);
    expect(corpus.vocabulary.words).toEqual(['in', '0000', 'the', 'end']);
    expect(corpus.source.cleaned).toEqual({ html: 7, digits: 4, sentences: 1 });
    expect(corpus.source.bytes).toBe(23);
    expect((await encodeText('plain', { minCount: 1 })).source.cleaned).toBeUndefined();
  });

  it('is the same with any number of threads', async () => {
    const random = createRandom(11);
    const text = randomText(random, 3_000_000);
    const hashes = new Set<string>();
    for (const threads of [1, 3]) {
      const stdin = [Buffer.from(text)];
      const corpus = await encodeCorpus(['-'], { stdin, threads, minCount: 1, ...everything });
      const ids = new Int32Array(corpus.length);
      corpus.read(0, ids, 0, ids.length);
      hashes.add(
        JSON.stringify([corpus.vocabulary, corpus.source, corpus.dropped, ids.reduce((a, id) => (a * 31 + id) | 0, 7)]),
      );
      corpus.close();
    }
    expect(hashes.size).toBe(1);
  });

  it('finds a NUL at its place in the file', async () => {
    const error = { code: 'not-text', message: expect.stringContaining('byte 10 is NUL') };
    await expect(encodeText('<b>x</b>ab\0', { strip: ['html'] })).rejects.toMatchObject(error);
  });

  it('drops stop words, and counts them', async () => {
    const corpus = await encodeText('the end of the rope', { minCount: 1, stopWords: ['the', 'of', 'nowhere'] });
    expect(corpus.vocabulary.words).toEqual(['end', 'rope']);
    expect(corpus.dropped).toMatchObject({ stopTokens: 3, stopTypes: 2, rareTokens: 0 });
    await expect(encodeText('the', { minCount: 1, stopWords: ['the'] })).rejects.toMatchObject({
      code: 'corpus-empty',
    });
  });
});
