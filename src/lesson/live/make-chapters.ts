// Makes the chapters of a lesson one after another, between which the page stays responsive; a newer lesson ends an older one.
import type { Chapter } from '../../explain/blocks.ts';
import { type ChapterName, makeChapter } from '../../explain/chapters.ts';
import type { Lesson } from '../../explain/lesson.ts';
import type { LessonPage } from '../body.ts';

export interface ChapterMaker {
  /** Whether it came to the end, which it does not where another one was begun meanwhile. */
  make(lesson: Lesson, onChapter: (chapter: Chapter) => void): Promise<boolean>;
}

export function createChapterMaker({ chapters, lookedUp }: LessonPage): ChapterMaker {
  const lookUp =
    lookedUp === null ? undefined : (word: string) => (Object.hasOwn(lookedUp, word) ? lookedUp[word] : undefined);
  let latest = 0;
  // Chapter `weights` depends on seed and language only, and takes longest.
  const weights = new Map<string, Chapter>();
  const made = (name: ChapterName, lesson: Lesson): Chapter => {
    if (name !== 'weights') return makeChapter(name, lesson, lookUp);
    const key = `${lesson.strings.language} ${lesson.settings.seed}`;
    const chapter = weights.get(key) ?? makeChapter(name, lesson);
    weights.set(key, chapter);
    return chapter;
  };
  return {
    async make(lesson, onChapter) {
      const mine = ++latest;
      for (const name of chapters) {
        await new Promise((resolve) => setTimeout(resolve));
        if (mine !== latest) return false;
        onChapter(made(name, lesson));
      }
      return true;
    },
  };
}
