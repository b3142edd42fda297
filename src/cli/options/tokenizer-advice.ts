// Advice where a text seems to be in another language than its tokenizer is for.

import { percentage } from '../../base/format-numbers.ts';
import type { CorpusSource } from '../../corpus/encoded-corpus.ts';
import type { KnownScript } from '../../corpus/scripts.ts';

const MUCH_UNSEGMENTED = 0.3; // of the tokens
const MOST = 0.5;
const LITTLE = 0.2;
const SOME_KANA = 0.05; // a Chinese text has next to none

type Languages = Record<'ja' | 'zh' | 'th' | 'lo' | 'km' | 'my', { name: string; tokenizer?: string }>;
const languages: Languages = {
  ja: { name: 'Japanese', tokenizer: 'japanese' },
  zh: { name: 'Chinese', tokenizer: 'chinese' },
  th: { name: 'Thai' },
  lo: { name: 'Lao' },
  km: { name: 'Khmer' },
  my: { name: 'Burmese' },
};

/** The language of a tokenizer, and its letters. */
const languageFor: Record<string, { name: string; letters: string; scripts: KnownScript[] }> = {
  korean: { name: 'Korean', letters: 'Hangul', scripts: ['hangul'] },
  japanese: { name: 'Japanese', letters: 'kana or Han characters', scripts: ['kana', 'han'] },
  chinese: { name: 'Chinese', letters: 'Han characters', scripts: ['han'] },
};

/** Lines of advice, each with whether it is a warning. `known`: the tokenizers there are. */
export function tokenizerAdvice(
  { tokenizer, scripts = {}, unsegmentedShare = 0 }: Pick<CorpusSource, 'tokenizer' | 'scripts' | 'unsegmentedShare'>,
  known: readonly string[],
): { text: string; isWarning: boolean } | undefined {
  const name = tokenizer?.name ?? '';
  const share = (script: KnownScript) => scripts[script] ?? 0;
  const warning = (text: string) => ({ text, isWarning: true });
  const meant = languageFor[name];
  if (meant !== undefined) {
    const found = Math.max(...meant.scripts.map(share));
    if (found < LITTLE) {
      const observed = `${percentage(found, 0)} of the words have ${meant.letters}`;
      return warning(`${observed}: --tokenizer ${name} is for ${meant.name}; for most languages leave it out`);
    }
    if (name === 'chinese' && share('kana') > SOME_KANA) {
      return warning(
        `${percentage(share('kana'), 0)} of the words have kana: for Japanese text take ${splitter('ja', known)}`,
      );
    }
    return undefined;
  }
  if (unsegmentedShare > MUCH_UNSEGMENTED) {
    const language = languageOf(share);
    const observed = `${percentage(unsegmentedShare, 0)} of the words are whole phrases`;
    return warning(
      `${observed}: ${languages[language].name} has no spaces. Split it with ${splitter(language, known)}`,
    );
  }
  if (name === 'words' && share('hangul') > MOST && known.includes('korean')) {
    const text = 'Korean words keep their particles here (한국, 한국의, 한국에서); --tokenizer korean splits them';
    return { text, isWarning: false };
  }
  return undefined;
}

function languageOf(share: (name: KnownScript) => number): keyof Languages {
  if (share('kana') > SOME_KANA) return 'ja';
  const others = { zh: share('han'), th: share('thai'), lo: share('lao'), km: share('khmer'), my: share('myanmar') };
  const [[language] = ['zh']] = Object.entries(others).sort(([, a], [, b]) => b - a);
  return language as keyof Languages;
}

function splitter(language: keyof Languages, known: readonly string[]): string {
  const { tokenizer = '' } = languages[language];
  const general = `--tokenizer segmenter --locale ${language}`;
  return known.includes(tokenizer) ? `--tokenizer ${tokenizer}, or ${general}` : general;
}
