import { describe, expect, it } from 'vitest';
import { createDecoder } from '../../../src/corpus/encoding/decoder.ts';
import { checkEncoding, type EncodingName } from '../../../src/corpus/encoding/encodings.ts';
import { guessEncoding } from '../../../src/corpus/encoding/guess.ts';
import { samples } from './samples.ts';

describe.each(samples)('%s: %s', (encoding, text, base64) => {
  const bytes = Buffer.from(base64, 'base64');

  it('is decoded as by iconv, in chunks of any size', () => {
    for (const size of [1, 2, 3, 1000]) {
      const decoder = createDecoder(encoding as EncodingName);
      let decoded = '';
      for (let at = 0; at < bytes.length; at += size) decoded += decoder.write(bytes.subarray(at, at + size));
      expect(decoded + decoder.end()).toBe(text);
    }
  });

  it('is recognized', () => {
    expect(guessEncoding(bytes)).toBe(encoding);
    expect(guessEncoding(bytes.subarray(0, -1))).toBe(encoding); // a sample may end inside a character
  });
});

it('nothing is guessed from bytes that could be anything', () => {
  expect(guessEncoding(Buffer.from([0x61, 0xff, 0xfe, 0x81, 0x20]))).toBeUndefined();
  expect(guessEncoding(Buffer.from('plain'))).toBeUndefined();
});

it('all syllables of Hangul are in CP949, each once', () => {
  const decoder = createDecoder('euc-kr');
  const found = new Set<string>();
  for (let first = 0x81; first < 0xff; first++) {
    for (let second = 0x41; second < 0xff; second++) {
      const text = decoder.write(Uint8Array.of(first, second));
      if (/^[가-힣]$/.test(text)) {
        expect(found.has(text)).toBe(false);
        found.add(text);
      }
    }
  }
  expect(found.size).toBe(11_172);
  expect(decoder.write(Uint8Array.of(0xc6, 0x52))).toBe('힣');
});

it('bytes that mean nothing become U+FFFD, and no ASCII character is lost', () => {
  const decoder = createDecoder('euc-kr');
  expect(decoder.write(Uint8Array.of(0x61, 0xff, 0x20, 0xb0, 0x0a, 0x62, 0xc9)) + decoder.end()).toBe(
    'a\ufffd \ufffd\nb\ufffd',
  );
});

it('an encoding has the names of TextDecoder and of code pages', () => {
  const names = ['cp949', 'EUC-KR', 'ks_c_5601-1987', 'Shift_JIS', 'latin1', 'utf8', undefined];
  expect(names.map(checkEncoding)).toEqual([
    'euc-kr',
    'euc-kr',
    'euc-kr',
    'shift_jis',
    'windows-1252',
    undefined,
    undefined,
  ]);
  for (const wrong of ['klingon', '', 'utf-7', 5 as unknown as string, 'constructor']) {
    expect(() => checkEncoding(wrong)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining('euc-kr, shift_jis') }),
    );
  }
});
