// Makes the lesson's page, one HTML file that works without network: complete as it is, and with its script, which is
// src/explain itself, computed anew for whatever the reader changes.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Chapter } from '../explain/blocks.ts';
import type { LookUp, ThesaurusEntry } from '../explain/chapters/thesaurus.ts';
import type { Lesson } from '../explain/lesson.ts';
import { printableJson } from '../printable.ts';
import { escapeHtml } from '../report/html.ts';
import { builtFile } from '../workers/built-file.ts';
import { bodyHtml, type LessonPage, leadText } from './body.ts';
import { lessonStyle } from './style.ts';

/** `chapters` as the lesson made them, in order. */
export function lessonPage(page: LessonPage, lesson: Lesson, chapters: readonly Chapter[]): string {
  const script = gunzipSync(readFileSync(builtFile('./live.js.gz', import.meta.url))).toString('utf8');
  // The hash of the only script that may run, so that a script injected through a word cannot.
  const hash = `sha256-${createHash('sha256').update(script).digest('base64')}`;
  const { page: say } = lesson.strings;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src '${hash}'; img-src data:`;
  return `<!doctype html>
<html lang="${page.state.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="generator" content="w2v ${escapeHtml(page.version)}">
<meta name="description" content="${escapeHtml(leadText(page.state, lesson.strings))}">
<title>${escapeHtml(say.title)}</title>
<link rel="icon" href="data:,">
<style>${lessonStyle}</style>
</head>
<body>
<div id="lesson">
${bodyHtml(page, page.state, lesson, chapters)}
</div>
<script type="application/json" id="data">${printableJson(JSON.stringify(page)).replace(/</g, '\\u003c')}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** A look-up that remembers what it was asked, so that a page can answer the same. */
export function recordingLookUp(lookUp: LookUp): { lookUp: LookUp; lookedUp: Record<string, ThesaurusEntry> } {
  const lookedUp: Record<string, ThesaurusEntry> = Object.create(null);
  const remember: LookUp = (word) => {
    const entry = lookUp(word);
    if (entry !== undefined) lookedUp[word] = entry;
    return entry;
  };
  return { lookUp: remember, lookedUp };
}
