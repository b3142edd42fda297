// Makes the lesson's page, one HTML file that works without network and is complete without JavaScript. Its script is
// src/explain itself, which recomputes everything when the reader changes something.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { packageFile } from '../../package-file.ts';
import { html } from '../../page/html.ts';
import { htmlFile } from '../../page/html-file.ts';
import type { Chapter } from '../blocks.ts';
import type { LookUp, ThesaurusEntry } from '../chapters/thesaurus.ts';
import type { Lesson } from '../lesson.ts';
import { bodyHtml, type LessonPage, leadText } from './body.ts';
import { lessonStyle } from './style.ts';

/** `chapters` as the lesson made them, in order. */
export function lessonPage(page: LessonPage, lesson: Lesson, chapters: readonly Chapter[]): string {
  const script = gunzipSync(readFileSync(packageFile('dist/lesson.js.gz'))).toString('utf8');
  const { state, version } = page;
  const { strings } = lesson;
  return htmlFile({
    language: state.language,
    title: strings.page.title,
    description: leadText(state, strings),
    version,
    style: lessonStyle,
    body: html`<div id="lesson">\n${bodyHtml(page, state, lesson, chapters)}\n</div>`,
    data: page,
    script,
  });
}

/** A look-up that records its answers, so that the page can give the same ones. */
export function recordingLookUp(lookUp: LookUp): { lookUp: LookUp; lookedUp: Record<string, ThesaurusEntry> } {
  const lookedUp: Record<string, ThesaurusEntry> = Object.create(null);
  const remember: LookUp = (word) => {
    const entry = lookUp(word);
    if (entry !== undefined) lookedUp[word] = entry;
    return entry;
  };
  return { lookUp: remember, lookedUp };
}
