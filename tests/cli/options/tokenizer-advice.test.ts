import { expect, it } from 'vitest';
import { tokenizerAdvice } from '../../../src/cli/options/tokenizer-advice.ts';
import { encodeText } from '../../../src/corpus/encode.ts';

const all = ['words', 'whitespace', 'segmenter', 'korean', 'japanese', 'chinese', 'characters', 'jamo'];

/** The advice for a text whose tokens are those between spaces, as if `name` had split it. */
async function adviceFor(name: string, text: string, known = all): Promise<string | undefined> {
  const { source } = await encodeText(text, { tokenizer: 'whitespace', minCount: 1 });
  const advice = tokenizerAdvice({ ...source, tokenizer: { name, keepCase: false } }, known);
  return advice && `${advice.isWarning ? 'warning: ' : ''}${advice.text}`;
}

const english = 'the cat sat on the mat';
const korean = '한국의 수도는 서울이다';
const japanese = '東京は日本の首都です。';
const chinese = '北京是中华人民共和国的首都。';
const thai = 'กรุงเทพมหานครเป็นเมืองหลวงของประเทศไทย';

it('text without spaces: the tokenizer of its language', async () => {
  const phrases = 'warning: 100 % of the words are whole phrases:';
  for (const name of ['words', 'whitespace']) {
    expect(await adviceFor(name, japanese)).toBe(
      `${phrases} Japanese has no spaces. Split it with --tokenizer japanese, or --tokenizer segmenter --locale ja`,
    );
    expect(await adviceFor(name, chinese)).toBe(
      `${phrases} Chinese has no spaces. Split it with --tokenizer chinese, or --tokenizer segmenter --locale zh`,
    );
    expect(await adviceFor(name, thai)).toBe(
      `${phrases} Thai has no spaces. Split it with --tokenizer segmenter --locale th`,
    );
  }
  expect(await adviceFor('words', japanese, ['words', 'segmenter'])).toBe(
    `${phrases} Japanese has no spaces. Split it with --tokenizer segmenter --locale ja`,
  );
});

it('a text in another language than its tokenizer is for', async () => {
  expect(await adviceFor('korean', english)).toBe(
    'warning: 0 % of the words have Hangul: --tokenizer korean is for Korean; for most languages leave it out',
  );
  expect(await adviceFor('japanese', korean)).toContain('have kana or Han characters: --tokenizer japanese is for');
  expect(await adviceFor('chinese', `${english} 北京`)).toContain('14 % of the words have Han characters');
  expect(await adviceFor('chinese', '東京 は 日本 の 首都 です')).toBe(
    'warning: 50 % of the words have kana: for Japanese text take --tokenizer japanese, or --tokenizer segmenter --locale ja',
  );
});

it('Korean words with their particles: how to split them, once there is a way', async () => {
  expect(await adviceFor('words', korean)).toBe(
    'Korean words keep their particles here (한국, 한국의, 한국에서); --tokenizer korean splits them',
  );
  expect(await adviceFor('words', korean, ['words'])).toBeUndefined();
  expect(await adviceFor('whitespace', korean)).toBeUndefined(); // split before, perhaps
});

it('none where text and tokenizer fit', async () => {
  const fitting = [
    ['words', english],
    ['korean', korean],
    ['japanese', '東京 は 日本 の 首都 です'],
    ['chinese', '北京 是 首都'],
    ['segmenter', '東京 は 日本 の 首都 です'],
    ['words', `${english} 한국 서울`],
  ] as const;
  for (const [name, text] of fitting) expect(await adviceFor(name, text), name).toBeUndefined();
});
