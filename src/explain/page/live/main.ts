// The script of the lesson's page: the reader's actions change the state, and the page is rendered from the state by
// the same functions that made it on Node.
import { setHtml } from '../../../page/html.ts';
import type { Chapter } from '../../blocks.ts';
import type { ChapterName } from '../../chapters.ts';
import { contextsOf } from '../../contexts.ts';
import { type Lesson, type LessonSettings, lessonLimits, openLesson } from '../../lesson.ts';
import { type Language, languages } from '../../strings/languages.ts';
import type { Strings } from '../../strings/strings.ts';
import { aboutHtml, bodyHtml, type LessonPage, leadText } from '../body.ts';
import { chapterHtml } from '../chapter-html.ts';
import { firstBenches, hashOf, type LessonState, settingFrom, stateFrom } from '../state.ts';
import { createBenches } from './benches.ts';
import { listenToContents, openContents } from './contents.ts';
import { createChapterMaker } from './make-chapters.ts';
import { all, byId, escapedForSelector, keepingFocus } from './page-elements.ts';
import { answerQuestion, listenToPage } from './page-events.ts';

/** Chapters that need words with contexts. */
const contextChapters: readonly ChapterName[] = ['one-hot', 'predict', 'sampling', 'batches'];

const page: LessonPage = JSON.parse(byId('data').textContent ?? '');
let state: LessonState = page.state;
let lesson: Lesson = openLesson(state.text, state.settings, languages[state.language], state.edits);
const chapterMaker = createChapterMaker(page);
const benches = createBenches({
  state: () => state,
  change: (benches) => changeTo({ ...state, benches }),
  changeWeights: (edits) => changeTo({ ...state, edits }),
});

document.documentElement.classList.add('js');
benches.open(lesson);
listenToContents();
openContents();
listenToPage({
  settingsTyped: takeSettings,
  languageChosen: (language) => changeTo({ ...state, language: language as Language }),
  reset: () => changeTo({ ...page.state, language: state.language }, { fields: true }),
  questionAnswered: (form) => answerQuestion(form, lesson.strings),
  hashChanged: takeHash,
  bench: benches,
});
if (location.hash.includes('=')) takeHash();

function takeHash(): void {
  if (location.hash.includes('=') || location.hash === '')
    changeTo(stateFrom(location.hash, page.state), { fields: true });
}

function takeSettings(): void {
  const { text, settings, problems } = readSettings(lesson.strings);
  markFields(problems);
  if (problems.length > 0) {
    say(problems.map(({ message }) => message).join(' '), true);
    return;
  }
  // Weights set by hand belong to the words as they were.
  const isOther = text !== state.text || settings.as !== state.settings.as;
  const kept = Object.entries(state.edits).filter(([key]) => !isOther || key.startsWith('layers '));
  changeTo({ ...state, text, settings, edits: Object.fromEntries(kept) });
}

/** `fields`: whether to fill in the form too, because the change did not come from it. */
function changeTo(next: LessonState, { fields = false } = {}): void {
  const before = state;
  const isSameLesson = (['language', 'text', 'settings', 'edits'] as const).every(
    (part) => JSON.stringify(before[part]) === JSON.stringify(next[part]),
  );
  if (isSameLesson && !fields) {
    state = next;
    showHash();
    // An invalid value was corrected.
    if (byId('set-status').classList.contains('bad')) say(computedText());
    return;
  }
  const opened = tryToOpen(next);
  if (opened === undefined) {
    say(lesson.strings.page.tooShort(next.settings.window), true);
    return;
  }
  const isOtherPlace = next.text !== before.text || next.settings.as !== before.settings.as;
  state = !fields && isOtherPlace ? { ...next, benches: firstBenches() } : next;
  lesson = opened;
  showHash();
  if (fields || next.language !== before.language) showAnew();
  else showChapters();
}

/** undefined if the text is too short. */
function tryToOpen({ language, text, settings, edits }: LessonState): Lesson | undefined {
  try {
    const opened = openLesson(text, settings, languages[language], edits);
    if (page.chapters.some((name) => contextChapters.includes(name))) contextsOf(opened);
    return opened;
  } catch {
    return undefined;
  }
}

function showHash(): void {
  const hash = hashOf(state, page.state);
  history.replaceState(null, '', hash === '' ? location.href.split('#')[0] : `#${hash}`);
}

/** Replaces each chapter as soon as it is computed. */
function showChapters(): void {
  const strings = lesson.strings;
  byId('lead').textContent = leadText(state, strings);
  setHtml(byId('about'), aboutHtml(page, lesson, state));
  say(strings.page.computing);
  keepingFocus(() => benches.open(lesson));
  const element = (name: ChapterName) => document.querySelector(`[data-chapter="${escapedForSelector(name)}"]`)!;
  for (const name of page.chapters) element(name).setAttribute('aria-busy', 'true');
  const show = (chapter: Chapter) => {
    const place = element(chapter.name as ChapterName);
    keepingFocus(() => {
      setHtml(place, chapterHtml(chapter, strings));
    });
    place.removeAttribute('aria-busy');
  };
  chapterMaker.make(lesson, show, () => say(computedText()));
}

/** Replaces the whole page once all chapters are computed: for another language, or to fill in the form. */
function showAnew(): void {
  say(lesson.strings.page.computing);
  const chapters: Chapter[] = [];
  const show = () => {
    document.documentElement.lang = state.language;
    document.title = lesson.strings.page.title;
    keepingFocus(() => {
      setHtml(byId('lesson'), bodyHtml(page, state, lesson, chapters));
      benches.open(lesson);
    });
    openContents();
    say(computedText());
  };
  chapterMaker.make(lesson, (chapter) => chapters.push(chapter), show);
}

const computedText = (): string => lesson.strings.page.computed(lesson.words.join(', '));

function say(message: string, isBad = false): void {
  const status = byId('set-status');
  status.textContent = message;
  status.classList.toggle('bad', isBad);
  if (!isBad) for (const field of all('#settings [aria-invalid]')) field.removeAttribute('aria-invalid');
}

interface FieldProblem {
  field: string;
  message: string;
}

function readSettings({ page }: Strings): { text: string; settings: LessonSettings; problems: FieldProblem[] } {
  const value = (name: string) => (byId(`set-${name}`) as HTMLInputElement).value;
  const problems: FieldProblem[] = [];
  const number = (name: keyof typeof lessonLimits): number => {
    const setting = settingFrom(name, value(name));
    if (setting === undefined)
      problems.push({ field: name, message: page.outOfRange(page[name], ...lessonLimits[name]) });
    return setting ?? 0;
  };
  const settings: LessonSettings = {
    window: number('window'),
    dimensions: number('dimensions'),
    seed: number('seed'),
    learningRate: number('learningRate'),
    as: value('as') === 'word2vec' ? 'word2vec' : 'book',
  };
  return { text: value('text'), settings, problems };
}

function markFields(problems: readonly FieldProblem[]): void {
  for (const field of all<HTMLInputElement>('#settings [name]')) {
    if (problems.some((problem) => problem.field === field.name)) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }
}
