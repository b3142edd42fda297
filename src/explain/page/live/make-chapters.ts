// Makes the chapters of a lesson one after another, with pauses in which the page stays responsive; a newer lesson ends
// an older one.

import type { Steps } from '../../../base/steps.ts';
import type { Chapter } from '../../blocks.ts';
import { type ChapterName, chapterSteps } from '../../chapters.ts';
import type { Lesson } from '../../lesson.ts';
import type { LessonPage } from '../body.ts';
import { runInTurns } from './in-turns.ts';

export interface ChapterMaker {
  /** `onEnd` is not called if another lesson was begun meanwhile. */
  make(lesson: Lesson, onChapter: (chapter: Chapter) => void, onEnd: () => void): void;
}

export function createChapterMaker({ chapters, lookedUp }: LessonPage): ChapterMaker {
  const lookUp =
    lookedUp === null ? undefined : (word: string) => (Object.hasOwn(lookedUp, word) ? lookedUp[word] : undefined);
  let latest = 0;
  // Chapter `weights` depends on seed and language only.
  const weights = new Map<string, Chapter>();
  const made = function* (name: ChapterName, lesson: Lesson): Steps<Chapter> {
    if (name !== 'weights') return yield* chapterSteps(name, lesson, lookUp);
    const key = `${lesson.strings.language} ${lesson.settings.seed}`;
    const chapter = weights.get(key) ?? (yield* chapterSteps(name, lesson));
    weights.set(key, chapter);
    return chapter;
  };
  return {
    make(lesson, onChapter, onEnd) {
      const mine = ++latest;
      const isWanted = () => mine === latest;
      const all = function* (): Steps<void> {
        for (const name of chapters) {
          onChapter(yield* made(name, lesson));
          yield;
        }
      };
      // The browser first shows that the page is computing.
      setTimeout(() => {
        if (isWanted()) runInTurns(all(), { isWanted, onDone: onEnd });
      });
    },
  };
}
