// The form with the text and the settings of the lesson, shown only with JavaScript.

import { escapeHtml } from '../../page/html.ts';
import { lessonLimits } from '../lesson.ts';
import { languageNames, languages } from '../strings/languages.ts';
import type { Strings } from '../strings/strings.ts';
import type { LessonState } from './state.ts';

/** Characters; a lesson uses fewer (LONGEST_TEXT words). */
const LONGEST = 20_000;

export function settingsHtml({ text, settings }: LessonState, strings: Strings): string {
  const say = strings.page;
  const fields = (Object.keys(lessonLimits) as (keyof typeof lessonLimits)[]).map((name) => {
    const [low, high] = lessonLimits[name];
    const step = name === 'learningRate' ? 'any' : '1';
    return `<label for="set-${name}">${escapeHtml(say[name])}</label><input type="number" id="set-${name}" name="${name}" min="${low}" max="${high}" step="${step}" value="${settings[name]}" aria-describedby="set-status">`;
  });
  const ways = (['book', 'word2vec'] as const).map(
    (way) => `<option value="${way}"${settings.as === way ? ' selected' : ''}>${escapeHtml(say.asShort[way])}</option>`,
  );
  return `<form id="settings" class="live panel" aria-labelledby="settings-title" autocomplete="off">
<h2 id="settings-title">${escapeHtml(say.settings)}</h2>
<p>${escapeHtml(say.settingsLead)}</p>
<div class="fields"><label for="set-text">${escapeHtml(say.text)}</label><textarea id="set-text" name="text" rows="2" maxlength="${LONGEST}" dir="auto" spellcheck="false" aria-describedby="set-status">${escapeHtml(text)}</textarea>
${fields.join('\n')}
<label for="set-as">${escapeHtml(say.as)}</label><select id="set-as" name="as">${ways.join('')}</select></div>
<p><button type="button" id="reset">${escapeHtml(say.reset)}</button> <span id="set-status" role="status" aria-live="polite"></span></p>
</form>`;
}

export function languageHtml({ language }: LessonState, strings: Strings): string {
  const options = languageNames.map((name) => {
    const chosen = name === language ? ' selected' : '';
    return `<option value="${name}" lang="${name}"${chosen}>${escapeHtml(languages[name].page.languageName)}</option>`;
  });
  return `<p class="live language"><label for="set-language">${escapeHtml(strings.page.language)}</label> <select id="set-language">${options.join('')}</select></p>`;
}
