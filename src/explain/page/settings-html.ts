// The form with the text and the settings of the lesson, shown only with JavaScript.

import { type Html, html, joined } from '../../page/html.ts';
import { lessonLimits } from '../lesson.ts';
import { languageNames, languages } from '../strings/languages.ts';
import type { Strings } from '../strings/strings.ts';
import type { LessonState } from './state.ts';

/** Characters; a lesson uses fewer (LONGEST_TEXT words). */
const LONGEST = 20_000;

export function settingsHtml({ text, settings }: LessonState, strings: Strings): Html {
  const say = strings.page;
  const fields = (Object.keys(lessonLimits) as (keyof typeof lessonLimits)[]).map((name) => {
    const [low, high] = lessonLimits[name];
    const step = name === 'learningRate' ? 'any' : '1';
    return html`<label for="set-${name}">${say[name]}</label><input type="number" id="set-${name}" name="${name}" min="${low}" max="${high}" step="${step}" value="${settings[name]}" aria-describedby="set-status">`;
  });
  const ways = (['book', 'word2vec'] as const).map(
    (way) => html`<option value="${way}"${settings.as === way ? html` selected` : ''}>${say.asShort[way]}</option>`,
  );
  return html`<form id="settings" class="live panel" aria-labelledby="settings-title" autocomplete="off">
<h2 id="settings-title">${say.settings}</h2>
<p>${say.settingsLead}</p>
<div class="fields"><label for="set-text">${say.text}</label><textarea id="set-text" name="text" rows="2" maxlength="${LONGEST}" dir="auto" spellcheck="false" aria-describedby="set-status">${text}</textarea>
${joined(fields, '\n')}
<label for="set-as">${say.as}</label><select id="set-as" name="as">${ways}</select></div>
<p><button type="button" id="reset">${say.reset}</button> <span id="set-status" role="status" aria-live="polite"></span></p>
</form>`;
}

export function languageHtml({ language }: LessonState, strings: Strings): Html {
  const options = languageNames.map((name) => {
    const chosen = name === language ? html` selected` : '';
    return html`<option value="${name}" lang="${name}"${chosen}>${languages[name].page.languageName}</option>`;
  });
  return html`<p class="live language"><label for="set-language">${strings.page.language}</label> <select id="set-language">${options}</select></p>`;
}
