// Advice where a text seems to be in another language than its tokenizer is for.
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

/** What a tokenizer splits: the scripts of its language. */
const scriptsFor: Record<string, { name: string; scripts: KnownScript[] }> = {
  korean: { name: 'Korean', scripts: ['hangul'] },
  japanese: { name: 'Japanese', scripts: ['kana', 'han'] },
  chinese: { name: 'Chinese', scripts: ['han'] },
};

/** Lines of advice, each with whether it is a warning. `known`: the tokenizers there are. */
export function tokenizerAdvice(
  tokenizer: string,
  { scripts = {}, unsegmentedShare = 0 }: Pick<CorpusSource, 'scripts' | 'unsegmentedShare'>,
  known: readonly string[],
): { text: string; isWarning: boolean } | undefined {
  const share = (name: KnownScript) => scripts[name] ?? 0;
  const warning = (text: string) => ({ text, isWarning: true });
  const meant = scriptsFor[tokenizer];
  if (meant !== undefined) {
    const found = Math.max(...meant.scripts.map(share));
    if (found < LITTLE) {
      const observed = `${percent(found)} of the words have letters of ${meant.name}`;
      return warning(`${observed}: --tokenizer ${tokenizer} is for ${meant.name} text, --tokenizer words for most others`);
    }
    if (tokenizer === 'chinese' && share('kana') > SOME_KANA) {
      return warning(`${percent(share('kana'))} of the words have kana: for Japanese text take ${splitter('ja', known)}`);
    }
    return undefined;
  }
  if (unsegmentedShare > MUCH_UNSEGMENTED) {
    const language = languageOf(share);
    const observed = `${percent(unsegmentedShare)} of the words are whole phrases`;
    return warning(`${observed}: ${languages[language].name} has no spaces. Split it with ${splitter(language, known)}`);
  }
  if (tokenizer === 'words' && share('hangul') > MOST && known.includes('korean')) {
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

const percent = (share: number) => `${Math.round(100 * share)} %`;
