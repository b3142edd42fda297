// The body of the page. Node makes it when the page is written, the page's script when the reader changes something.

import { shortened } from '../../base/printable.ts';
import { type Html, html, joined } from '../../page/html.ts';
import type { Chapter } from '../blocks.ts';
import type { ThesaurusEntry } from '../chapters/thesaurus.ts';
import { type ChapterName, chapterNames } from '../chapters.ts';
import { type Lesson, lessonLimits } from '../lesson.ts';
import { languageNames, languages } from '../strings/languages.ts';
import type { Strings } from '../strings/strings.ts';
import { chapterHtml } from './chapter-html.ts';
import { benchWalks, type LessonState } from './state.ts';

/** Data that the page cannot compute itself; embedded as JSON. */
export interface LessonPage {
  version: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  chapters: readonly ChapterName[];
  state: LessonState;
  /** WordNet's answers when the page was made; null if WordNet was missing. */
  lookedUp: Readonly<Record<string, ThesaurusEntry>> | null;
  /** Megabytes of the text that were read; null if it was read to the end. */
  megabytesRead: number | null;
}

export function bodyHtml(page: LessonPage, state: LessonState, lesson: Lesson, contents: readonly Chapter[]): Html {
  const { strings } = lesson;
  const say = strings.page;
  const links = contents.map(({ name, title }) => html`<li><a href="#${name}">${title}</a></li>`);
  const sections = contents.map((chapter, at) => sectionHtml(chapter, contents[at + 1], strings));
  const made = say.made(page.version, page.createdAt.slice(0, 16).replace('T', ' '));
  return html`<a class="skip" href="#main">${say.skip}</a>
<header>
${languageHtml(state, strings)}
<h1>${say.title}</h1>
<p class="lead" id="lead">${leadText(state, strings)}</p>
<div id="about">${aboutHtml(page, lesson, state)}</div>
</header>
<div class="beside">
<nav aria-label="${say.contents}"><details open id="contents"><summary>${say.contents}</summary><ol>${links}</ol></details></nav>
<main id="main" tabindex="-1">
${settingsHtml(state, strings)}
${joined(sections, '\n')}
</main>
</div>
<footer><p>${say.print} ${made}</p></footer>`;
}

export function leadText({ text }: LessonState, strings: Strings): string {
  return strings.page.lead(shortened(text.replace(/\s+/g, ' ').trim(), 300));
}

/** The settings in one sentence, the words, and what was left out. */
export function aboutHtml(page: LessonPage, { strings, words, notes }: Lesson, { settings }: LessonState): Html {
  const { window, dimensions, learningRate, seed, as } = settings;
  const [, line] = strings.settings('', window, dimensions, learningRate, seed, strings.as[as]).split('\n');
  const cut = page.megabytesRead === null ? [] : [strings.notes.bytes(page.megabytesRead)];
  const sentences = [line!, strings.page.words(words.length, words.join(', ')), ...cut, ...notes];
  return html`${sentences.map((sentence) => html`<p>${sentence}</p>`)}`;
}

function sectionHtml(chapter: Chapter, next: Chapter | undefined, strings: Strings): Html {
  const { name, title } = chapter;
  const number = chapterNames.indexOf(name as ChapterName) + 1;
  const hasBench = benchWalks[name as ChapterName] !== undefined;
  const link = hasBench ? html`<p class="live"><a href="#${name}-steps">${strings.page.bench.link}</a></p>` : '';
  const bench = hasBench
    ? html`<div class="bench live panel" id="${name}-steps" data-bench="${name}" role="group" aria-labelledby="${name}-steps-title" tabindex="-1"></div>`
    : '';
  const onward =
    next === undefined ? '' : html`\n<p class="next"><a href="#${next.name}">${strings.page.next(next.title)}</a></p>`;
  return html`<section id="${name}" aria-labelledby="${name}-title"><h2 id="${name}-title" tabindex="-1">${number}. ${title}</h2>
${link}
<div class="chapter" data-chapter="${name}">
${chapterHtml(chapter, strings)}
</div>
${bench}${onward}</section>`;
}

/** Characters; a lesson uses fewer (LONGEST_TEXT words). */
const LONGEST = 20_000;

function settingsHtml({ text, settings }: LessonState, strings: Strings): Html {
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

function languageHtml({ language }: LessonState, strings: Strings): Html {
  const options = languageNames.map((name) => {
    const chosen = name === language ? html` selected` : '';
    return html`<option value="${name}" lang="${name}"${chosen}>${languages[name].page.languageName}</option>`;
  });
  return html`<p class="live language"><label for="set-language">${strings.page.language}</label> <select id="set-language">${options}</select></p>`;
}
