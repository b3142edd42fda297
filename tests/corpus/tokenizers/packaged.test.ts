import { describe, expect, it } from 'vitest';
import { findPackage } from '../../../src/corpus/tokenizers/package.ts';
import { tokensOf } from './read-tokens.ts';

describe('the tokenizers of single languages', () => {
  it('korean splits particles and endings from stems, also of text in NFD', async () => {
    const text = '한국에서 미국으로 갔다. 딥러닝을 공부하는 학생들에게';
    const expected = '한국 에서 미국 으로 가 았 다 딥 러닝 을 공부 하 는 학생 들 에게'.split(' ');
    expect(await tokensOf(text, { tokenizer: 'korean' })).toEqual([expected]);
    expect(await tokensOf(text.normalize('NFD'), { tokenizer: 'korean' })).toEqual([expected]);
  });

  it('japanese splits into morphemes', async () => {
    expect(await tokensOf('吾輩は猫である。名前はまだ無い。Tokyo', { tokenizer: 'japanese' })).toEqual([
      '吾輩 は 猫 で ある 名前 は まだ 無い tokyo'.split(' '),
    ]);
  });

  it('chinese splits into words', async () => {
    expect(await tokensOf('我来到北京清华大学。IBM和机器学习', { tokenizer: 'chinese' })).toEqual([
      '我 来到 北京 清华大学 ibm 和 机器 学习'.split(' '),
    ]);
  });

  it('say what to install where the package is missing or broken', async () => {
    expect(() => findPackage('korean', 'no-such-package-here')).toThrow(
      expect.objectContaining({
        code: 'engine-unavailable',
        message: 'the tokenizer korean needs the package no-such-package-here, which is not installed',
        hint: 'install it: npm install no-such-package-here',
      }),
    );
    const { load, start } = findPackage('korean', 'garu-ko');
    await expect(load('garu-ko/none.js')).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringMatching(/^the tokenizer korean needs the package garu-ko, which does not load: /),
    });
    await expect(start(() => Promise.reject(new Error('no\nmemory')))).rejects.toMatchObject({
      message: 'the tokenizer korean needs the package garu-ko, which does not load: no',
    });
  });
});
