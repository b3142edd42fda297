// The chapters by name, in the order they are read.
import { finish, type Steps } from '../base/steps.ts';
import type { Chapter } from './blocks.ts';
import { batchesChapter } from './chapters/batches.ts';
import { countingChapter } from './chapters/counting.ts';
import { graphChapter } from './chapters/graph.ts';
import { oneHotChapter } from './chapters/one-hot.ts';
import { predictChapter } from './chapters/predict.ts';
import { samplingChapter } from './chapters/sampling.ts';
import { type LookUp, thesaurusChapter } from './chapters/thesaurus.ts';
import { weightsChapter } from './chapters/weights.ts';
import type { Lesson } from './lesson.ts';
import type { Strings } from './strings/strings.ts';

const makers = {
  graph: graphChapter,
  thesaurus: thesaurusChapter,
  counting: countingChapter,
  'one-hot': oneHotChapter,
  predict: predictChapter,
  sampling: samplingChapter,
  batches: batchesChapter,
  weights: weightsChapter,
} satisfies Record<string, (lesson: Lesson, lookUp?: LookUp) => Chapter | Steps<Chapter>>;

export type ChapterName = keyof typeof makers;
export const chapterNames = Object.keys(makers) as ChapterName[];

/**
 * One chapter of a lesson; `lookUp` asks a thesaurus, if there is one.
 * Throws `corpus-empty` if the chapter needs contexts and the text has none.
 */
export function makeChapter(name: ChapterName, lesson: Lesson, lookUp?: LookUp): Chapter {
  return finish(chapterSteps(name, lesson, lookUp));
}

/** The same with pauses: chapters that train take seconds with large settings. */
export function* chapterSteps(name: ChapterName, lesson: Lesson, lookUp?: LookUp): Steps<Chapter> {
  const made = makers[name](lesson, lookUp);
  return 'blocks' in made ? made : yield* made;
}

/** The title of a chapter, without making it. */
export function chapterTitle(name: ChapterName, strings: Strings): string {
  return (name === 'one-hot' ? strings.oneHot : strings[name]).title;
}
