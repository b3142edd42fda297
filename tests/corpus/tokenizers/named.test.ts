import { describe, expect, it } from 'vitest';
import { encodeCorpus, encodeText } from '../../../src/corpus/encode.ts';
import { characterSegmenter } from '../../../src/corpus/tokenizers/intl-segmenter.ts';
import { isWord } from '../../../src/corpus/tokenizers/segment.ts';
import { tokensOf } from './read-tokens.ts';

describe('segmenter', () => {
  it('takes the words of Intl.Segmenter, in lower case and NFC', async () => {
    const text = 'The CAT, isn\u2019t it? U\u0308ber 3.14!\n日本語を勉強する。\n\n  ... \nภาษาไทยง่าย';
    expect(await tokensOf(text, { tokenizer: 'segmenter' })).toEqual([
      ['the', 'cat', "isn't", 'it', 'über', '3.14'],
      ['日本語', 'を', '勉強', 'する'],
      ['ภาษา', 'ไทย', 'ง่าย'],
    ]);
  });

  it('keeps case', async () => {
    const kept = await tokensOf('The CAT ÜBER', { tokenizer: 'segmenter', keepCase: true });
    expect(kept).toEqual([['The', 'CAT', 'ÜBER']]);
  });

  it('takes a locale, which the source names in its usual form', async () => {
    const { source } = await encodeText('a b', { tokenizer: 'segmenter', locale: 'zh-hANT', minCount: 1 });
    expect(source.tokenizer).toEqual({ name: 'segmenter', keepCase: false, locale: 'zh-Hant' });
  });

  it.each([
    [{ tokenizer: 'segmenter', locale: 'xx' }, "this Node.js does not know the locale 'xx'"],
    [{ tokenizer: 'segmenter', locale: 'en_US' }, "the locale 'en_US' is not a language tag (BCP 47)"],
    [{ tokenizer: 'segmenter', locale: '' }, "the locale '' is not a language tag (BCP 47)"],
    [{ tokenizer: 'words', locale: 'en' }, 'locale is given, which the tokenizer words has no use for'],
    [{ locale: 'en' }, 'locale is given, which the tokenizer words has no use for'],
  ] as const)('refuses %j', async (options, message) => {
    await expect(encodeText('a', options)).rejects.toMatchObject({ code: 'usage', message });
  });
});

describe('characters', () => {
  it('takes each character with a letter or digit in it', async () => {
    expect(await tokensOf('학교 2급, e\u0301té! 🎉 日本', { tokenizer: 'characters' })).toEqual([
      ['학', '교', '2', '급', 'é', 't', 'é', '日', '本'],
    ]);
  });
});

describe('characters without ICU', () => {
  it('are the clusters of Intl.Segmenter', async () => {
    const { segment } = characterSegmenter();
    const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' });
    // Each code point that is taken for a cluster, between two others of each kind.
    for (let code = 9; code < 0x10000; code++) {
      const character = String.fromCharCode(code);
      for (const text of [`가${character}各`, `${character}${character}a`]) {
        const expected = [...clusters.segment(text)].map((one) => one.segment).filter(isWord);
        if ([...segment(text)].join(' ') !== expected.join(' ')) expect([...segment(text)]).toEqual(expected);
      }
    }
    expect([...segment('가\u11a8')]).toEqual(['가\u11a8']);
  });
});

describe('jamo', () => {
  it('takes the words of `words` with their syllables taken apart', async () => {
    expect(await tokensOf('강아지, \u1112\u1161\u11ab글 Café-24!', { tokenizer: 'jamo' })).toEqual([
      ['ㄱㅏㅇㅇㅏeㅈㅣe', 'ㅎㅏㄴㄱㅡㄹ', 'café-24'],
    ]);
  });
});

describe('with any segmenter', () => {
  it('bytes that are not UTF-8 are counted, and lines', async () => {
    const { dropped, source } = await read(
      Buffer.concat([Buffer.from('a \ufffd b\n'), Buffer.from([0xff, 0xe2, 0x82]), Buffer.from('c\n\nd')]),
    );
    expect(dropped.invalidBytes).toBe(3);
    expect(source.lines).toBe(4);
  });

  it('a NUL byte is named with its place in the file', async () => {
    const observed = '- is not text: byte 70005 is NUL';
    for (const size of [1e9, 1000]) {
      const text = Buffer.from(`${'a b\n'.repeat(17_501)}a\0b\n`);
      await expect(read(text, size)).rejects.toMatchObject({ code: 'not-text', message: observed });
    }
  });
});

async function read(bytes: Buffer, size = 1e9) {
  async function* chunks() {
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
  }
  const corpus = await encodeCorpus(['-'], { stdin: chunks(), tokenizer: 'segmenter', minCount: 1 });
  corpus.close();
  return corpus;
}
