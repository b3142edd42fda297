// A page of the lesson, made as the command makes it.
import type { Chapter } from '../../../src/explain/blocks.ts';
import type { ThesaurusEntry } from '../../../src/explain/chapters/thesaurus.ts';
import { type ChapterName, chapterNames, makeChapter } from '../../../src/explain/chapters.ts';
import { type LessonSettings, lessonDefaults, openLesson } from '../../../src/explain/lesson.ts';
import { lessonPage } from '../../../src/explain/page/page.ts';
import { firstBenches } from '../../../src/explain/page/state.ts';
import { type Language, languages } from '../../../src/explain/strings/languages.ts';

const { text: sentence, ...defaults } = lessonDefaults;

export interface Made {
  text?: string;
  language?: Language;
  settings?: Partial<LessonSettings>;
  names?: readonly ChapterName[];
}

const said: Record<string, ThesaurusEntry> = {
  say: { senses: 12, definition: 'the chance to <speak>', synonyms: ['tell'], kindOf: ['opportunity'] },
};
const none = { senses: 0, definition: '', synonyms: [], kindOf: [] };

export function examplePage({ text = sentence, language = 'en', settings = {}, names = chapterNames }: Made = {}): {
  html: string;
  chapters: Chapter[];
} {
  const all = { ...defaults, ...settings };
  const lesson = openLesson(text, all, languages[language]);
  const lookedUp: Record<string, ThesaurusEntry> = {};
  const chapters = names.map((name) =>
    makeChapter(name, lesson, (word) => {
      lookedUp[word] = said[word] ?? none;
      return lookedUp[word];
    }),
  );
  const frame = {
    version: '1.2.3',
    createdAt: '2026-11-25T15:00:00.000Z',
    chapters: names,
    state: { language, text, settings: all, edits: {}, benches: firstBenches() },
    lookedUp,
    megabytesRead: null,
  };
  return { html: lessonPage(frame, lesson, chapters), chapters };
}
