// The benches of the chapters: buttons and keys step through the training, fields set its starting weights.
import { setHtml } from '../../../page/html.ts';
import type { ChapterName } from '../../chapters.ts';
import { type Edits, LARGEST_WEIGHT } from '../../edits.ts';
import type { Lesson } from '../../lesson.ts';
import { createWalker, FIRST_PLACE, type Place, type Walker } from '../../walk/walk.ts';
import { makeWalk, type WalkName } from '../../walk/walks.ts';
import { benchFrame, benchView, gradientCheckText, isEditOf, weightsEditor, whereText } from '../bench-html.ts';
import type { LessonState } from '../state.ts';
import { runInTurns } from './in-turns.ts';
import { all, keepingFocus } from './page-elements.ts';

export interface Benches {
  /** Fills the benches that are in the page. */
  open(lesson: Lesson): void;
  /** `start`: of the training; `end`: of the pair, its update. */
  move(bench: HTMLElement, by: keyof Place | 'start' | 'end', step: 1 | -1): void;
  choose(bench: HTMLElement, walk: WalkName): void;
  setWeight(key: string, text: string): void;
  /** Restores the random weights of `walk`. */
  undo(walk: WalkName): void;
}

interface BenchesOf {
  state(): LessonState;
  change(benches: LessonState['benches']): void;
  changeWeights(edits: Edits): void;
}

/** Milliseconds: the gradient check takes longer than a step, so it waits until the reader pauses. */
const CHECK_AFTER = 150;

export function createBenches({ state, change, changeWeights }: BenchesOf): Benches {
  let lesson: Lesson;
  const walkers = new Map<string, Walker>();
  /** By chapter, how often its bench was shown; results of earlier showings are dropped. */
  const shown = new Map<string, number>();
  const chapterOf = (bench: HTMLElement) => bench.dataset.bench as ChapterName;
  const walkerOf = (chapter: ChapterName): Walker => {
    const { walk } = state().benches[chapter]!;
    const walker = walkers.get(walk) ?? createWalker(makeWalk(walk, lesson));
    walkers.set(walk, walker);
    return walker;
  };

  function show(bench: HTMLElement): void {
    const chapter = chapterOf(bench);
    const walker = walkerOf(chapter);
    const mine = (shown.get(chapter) ?? 0) + 1;
    shown.set(chapter, mine);
    const isWanted = () => shown.get(chapter) === mine && bench.isConnected;
    const [where, check] = [bench.querySelector('.where')!, bench.querySelector('.gradient-check')!];
    runInTurns(walker.standSteps(state().benches[chapter]!.place), {
      isWanted,
      onPause() {
        where.textContent = lesson.strings.page.computing;
      },
      onDone(standing) {
        where.textContent = whereText(walker, standing, lesson.strings);
        setHtml(bench.querySelector('.bench-view')!, benchView(chapter, standing, lesson));
        const onDone = (text: string) => {
          check.textContent = text;
        };
        setTimeout(() => {
          if (isWanted()) runInTurns(gradientCheckText(walker, standing, lesson.strings), { isWanted, onDone });
        }, CHECK_AFTER);
      },
    });
  }

  function showEditor(bench: HTMLElement): void {
    const chapter = chapterOf(bench);
    const { walk } = state().benches[chapter]!;
    const { weights, constants } = walkerOf(chapter).walk;
    setHtml(bench.querySelector('.editor')!, weightsEditor(chapter, walk, { ...constants, ...weights }, lesson));
  }

  function put(bench: HTMLElement, walk: WalkName, place: Place): void {
    const chapter = chapterOf(bench);
    change({ ...state().benches, [chapter]: { walk, place } });
    show(bench);
  }

  return {
    open(opened) {
      const isOtherLanguage = lesson?.strings !== opened.strings;
      lesson = opened;
      walkers.clear();
      for (const bench of all('[data-bench]')) {
        const chapter = chapterOf(bench);
        if (bench.childElementCount === 0 || isOtherLanguage) setHtml(bench, benchFrame(chapter, lesson.strings));
        const choice = bench.querySelector('select');
        if (choice) choice.value = state().benches[chapter]!.walk;
        show(bench);
        showEditor(bench);
      }
    },
    move(bench, by, step) {
      const { walk, place } = state().benches[chapterOf(bench)]!;
      const walker = walkerOf(chapterOf(bench));
      if (by === 'start') put(bench, walk, FIRST_PLACE);
      else if (by === 'end') put(bench, walk, walker.nearest({ ...place, operation: Number.MAX_SAFE_INTEGER }));
      else put(bench, walk, walker.move(walker.nearest(place), by, step));
    },
    choose(bench, walk) {
      put(bench, walk, FIRST_PLACE);
      keepingFocus(() => showEditor(bench));
    },
    setWeight(key, text) {
      const value = Math.max(-LARGEST_WEIGHT, Math.min(LARGEST_WEIGHT, Number(text)));
      const { [key]: _before, ...others } = state().edits;
      changeWeights(text.trim() === '' || !Number.isFinite(value) ? others : { ...others, [key]: value });
    },
    undo(walk) {
      changeWeights(Object.fromEntries(Object.entries(state().edits).filter(([key]) => !isEditOf(walk, key))));
    },
  };
}
