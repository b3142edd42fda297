// w2v explain [TEXT]: a lesson in chapters on a text of one's own: graph, thesaurus, counting, prediction, each in
// numbers.
import type { Command } from 'commander';
import { usage } from '../../base/errors.ts';
import { byteSize } from '../../base/format-numbers.ts';
import { quotable, shortened } from '../../base/printable.ts';
import { choice, real, whole } from '../../base/ranges.ts';
import { suggest } from '../../base/suggest.ts';
import { tokenizerNames } from '../../corpus/tokenizers/tokenizers.ts';
import type { Chapter } from '../../explain/blocks.ts';
import type { LookUp } from '../../explain/chapters/thesaurus.ts';
import { type ChapterName, chapterNames, chapterTitle, makeChapter } from '../../explain/chapters.ts';
import { type Lesson, type LessonSettings, lessonDefaults, lessonLimits, openLesson } from '../../explain/lesson.ts';
import { lessonPage, recordingLookUp } from '../../explain/page/page.ts';
import { firstBenches } from '../../explain/page/state.ts';
import { languageNames, languages } from '../../explain/strings/languages.ts';
import type { Strings } from '../../explain/strings/strings.ts';
import { writeFiles } from '../../files/write-files.ts';
import { type CommandContext, printJson, printResult, printStyled, say, stdoutColors } from '../context.ts';
import { lessonText, MOST_BYTES, wordNetLookUp } from '../lesson-sources.ts';
import { tokenizerName } from '../options/corpus.ts';
import { fileRead, fileWritten, folderRead, type Kind, within } from '../options/kinds.ts';
import { changed, declare, needs, type OptionsOf, option, without } from '../options/option.ts';
import { force, json, quiet } from '../options/print.ts';
import { seedOf } from '../options/run.ts';
import { chapterLines, WIDTH } from '../terminal/chapter-text.ts';
import { wrapped } from '../terminal/text-width.ts';
import { ownVersion } from '../version.ts';

const chapters: Kind<ChapterName[]> = {
  parse(name, flag, before = []) {
    const known = chapterNames.find((chapter) => chapter === name);
    if (known !== undefined) return [...before, known];
    const [close] = suggest(chapterNames, name, 1);
    const hint = close === undefined ? `choose one of: ${chapterNames.join(', ')}` : `did you mean '${close}'?`;
    throw usage(`${flag} ${quotable(name)}: no such chapter`, hint);
  },
  words: chapterNames,
  repeats: true,
};

const ofLesson = [without('list', 'the list of chapters is the same for every lesson')];
const number = (limits: readonly [number, number]) => within(whole(...limits));

const explainOptions = [
  option({
    flags: '--chapter <name>',
    text: `show only this chapter (repeatable): ${chapterNames.join(', ')}`,
    takes: chapters,
    only: ofLesson,
  }),
  option({ flags: '--list', text: 'list the chapters', lineOnly: 'it is a question' }),
  option({
    flags: '--window <n>',
    text: 'context words on each side',
    takes: number(lessonLimits.window),
    fallback: lessonDefaults.window,
    only: ofLesson,
  }),
  option({
    flags: '--dim <n>',
    text: 'dimensions of the word vectors',
    takes: number(lessonLimits.dimensions),
    fallback: lessonDefaults.dimensions,
    only: ofLesson,
  }),
  option({
    flags: '--lr <x>',
    text: 'learning rate',
    takes: within(real(...lessonLimits.learningRate, { above: true })),
    fallback: lessonDefaults.learningRate,
    only: ofLesson,
  }),
  { ...seedOf(lessonDefaults.seed, 'seed of every random number'), only: ofLesson },
  option({
    flags: '--as <way>',
    text: 'which one to follow where they differ: book (Deep Learning from Scratch 2) or word2vec (word2vec.c)',
    takes: within(choice(['book', 'word2vec'])),
    fallback: lessonDefaults.as,
    only: ofLesson,
  }),
  option({
    flags: '--tokenizer <name>',
    text: `how the text is split into words: ${tokenizerNames.join(', ')} (default: words between spaces)`,
    takes: tokenizerName,
    only: ofLesson,
  }),
  option({
    flags: '--language <name>',
    text: 'language of the lesson: en (English) or ko (Korean)',
    takes: within(choice(languageNames)),
    fallback: 'en',
  }),
  option({
    flags: '--wordnet <dir>',
    text: 'folder with WordNet 3.x files (default: from w2v corpus get wordnet)',
    takes: folderRead,
    only: ofLesson,
  }),
  option({
    flags: '--report <file>',
    text: 'write the lesson as one self-contained HTML file, not as text; - for standard output',
    takes: fileWritten,
    only: ofLesson,
  }),
  changed(force, {
    text: 'overwrite an existing report (default: false)',
    only: [needs('report', 'add --report FILE')],
  }),
  json,
  changed(quiet, { text: 'print no notes' }),
] as const;

type ExplainCommandOptions = OptionsOf<typeof explainOptions>;

const examples = `Examples:
  w2v explain                      all chapters, on the sentence of the book
  w2v explain --chapter predict    one step of CBOW and skip-gram, in numbers
  w2v explain 'the cat sat on the mat' --window 2
  w2v explain notes.txt --chapter counting --as word2vec
  w2v explain --report lesson.html    a page to step through, without network
  w2v explain --report lesson.html --language ko
`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  const operand = {
    name: '[text|file]',
    text: `a text, a file, or - for standard input (default: '${lessonDefaults.text}')`,
    takes: fileRead,
    what: 'the text',
  };
  declare(command, { operands: [operand], options: explainOptions });
  command.action((text: string | undefined, options: ExplainCommandOptions) => run(context, text, options));
}

async function run(context: CommandContext, given: string | undefined, options: ExplainCommandOptions): Promise<void> {
  const strings = languages[options.language];
  if (options.list && given !== undefined) {
    throw usage('--list prints the names of all chapters, whatever the text', 'leave --list out, or the text');
  }
  if (options.list) return list(context, strings, options.json === true);
  const { report } = options;
  const { text, isCut } = await lessonText(context, given, options.tokenizer);
  const { window, dim: dimensions, lr, seed, as } = options;
  const settings: LessonSettings = { window, dimensions, seed, learningRate: lr, as };
  const lesson = openLesson(text, settings, strings);
  const source = { text, isCut, lesson, names: options.chapter ?? chapterNames };
  if (report !== undefined) await writeReport(context, report, source, options);
  if (isCut) lesson.notes.unshift(strings.notes.bytes(MOST_BYTES / 1e6));
  if (options.json) await printDocument(context, source, options);
  else if (report === undefined) await printChapters(context, source, options);
}

interface Source {
  text: string;
  isCut: boolean;
  lesson: Lesson;
  names: readonly ChapterName[];
}

async function printDocument(context: CommandContext, source: Source, options: ExplainCommandOptions): Promise<void> {
  const { text, lesson, names } = source;
  const chapters = await made(context, lesson, names, await lookUpFor(context, names, options));
  const { settings, words, counts, notes } = lesson;
  printJson(context, { text: shortened(text, 1000), settings, words, counts, notes, chapters });
}

async function printChapters(context: CommandContext, source: Source, options: ExplainCommandOptions): Promise<void> {
  const { text, lesson, names } = source;
  const { settings, strings, notes } = lesson;
  const { window, dimensions, learningRate, seed, as } = settings;
  const shown = quotable(text.replace(/\s+/g, ' ').trim());
  const about = strings.settings(shown, window, dimensions, learningRate, seed, strings.as[as]);
  printResult(context, [...about.split('\n').flatMap((line) => wrapped(line, WIDTH)), '']);
  if (!options.quiet) for (const note of notes) say(context, note);
  const colors = stdoutColors(context);
  for (const [at, name] of names.entries()) {
    const lookUp = await lookUpFor(context, [name], options);
    const lines = chapterLines(makeChapter(name, lesson, lookUp), chapterNames.indexOf(name) + 1, strings, colors);
    printStyled(context, at < names.length - 1 ? [...lines, ''] : lines);
    await pause(context);
  }
}

/** The page, with what WordNet says of the words it may be asked for later. */
async function writeReport(
  context: CommandContext,
  report: string,
  { text, isCut, lesson, names }: Source,
  options: ExplainCommandOptions,
): Promise<void> {
  const { settings } = lesson;
  const chaptersShown = chapterNames.filter((name) => names.includes(name));
  const lookUp = await lookUpFor(context, chaptersShown, options);
  const recorded = lookUp && recordingLookUp(lookUp);
  const chapters = await made(context, lesson, chaptersShown, recorded?.lookUp);
  // Read the other way the text may have other words.
  const otherWay = { ...settings, as: settings.as === 'book' ? ('word2vec' as const) : ('book' as const) };
  if (recorded) makeChapter('thesaurus', openLesson(text, otherWay, lesson.strings), recorded.lookUp);
  const state = { language: options.language, text, settings, edits: {}, benches: firstBenches() };
  const frame = {
    version: await ownVersion(),
    createdAt: new Date().toISOString(),
    chapters: chaptersShown,
    state,
    lookedUp: recorded?.lookedUp ?? null,
    megabytesRead: isCut ? MOST_BYTES / 1e6 : null,
  };
  const page = lessonPage(frame, lesson, chapters);
  if (report === '-') return void context.stdout.write(page);
  const bytes = Buffer.from(page);
  const { force = false, quiet } = options;
  await writeFiles([{ path: report, content: (sink) => sink.write(bytes) }], { force, signal: context.signal });
  if (!quiet) say(context, `Wrote ${report} (${byteSize(bytes.length)}): open it in a browser`);
}

async function made(
  context: CommandContext,
  lesson: Lesson,
  names: readonly ChapterName[],
  lookUp: LookUp | undefined,
): Promise<Chapter[]> {
  const chapters: Chapter[] = [];
  for (const name of names) {
    chapters.push(makeChapter(name, lesson, lookUp));
    await pause(context);
  }
  return chapters;
}

async function lookUpFor(
  context: CommandContext,
  names: readonly ChapterName[],
  { wordnet }: ExplainCommandOptions,
): Promise<LookUp | undefined> {
  return names.includes('thesaurus') ? wordNetLookUp(context, wordnet) : undefined;
}

/** What is there is shown, and Ctrl-C is heard. */
async function pause({ signal }: CommandContext): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}

function list(context: CommandContext, strings: Strings, isJson: boolean): void {
  const chapters = chapterNames.map((name) => ({ name, title: chapterTitle(name, strings) }));
  if (isJson) printJson(context, chapters);
  else
    printResult(
      context,
      chapters.map(({ name, title }) => `${name.padEnd(10)} ${title}`),
    );
}
