// w2v explain [TEXT]: a lesson in chapters on a text of one's own: graph, thesaurus, counting, prediction, each in numbers.
import { type Command, Option } from 'commander';
import { W2vError } from '../../errors.ts';
import type { Chapter } from '../../explain/blocks.ts';
import { type ChapterName, chapterNames, makeChapter } from '../../explain/chapters.ts';
import { type Lesson, type LessonSettings, lessonDefaults, openLesson } from '../../explain/lesson.ts';
import { en } from '../../explain/strings/en.ts';
import { quotable, shortened } from '../../printable.ts';
import { suggest } from '../../suggest.ts';
import { type CommandContext, printJson, printResult, say, stdoutColors } from '../context.ts';
import { lessonText, MOST_BYTES, wordNetLookUp } from '../lesson-sources.ts';
import { addChoice, addDecimal, addWhole } from '../options/parse.ts';
import { chapterLines, WIDTH, wrapped } from '../terminal/chapter-text.ts';

interface ExplainCommandOptions {
  chapter?: ChapterName[];
  list?: boolean;
  window: number;
  dim: number;
  lr: number;
  seed: number;
  as: LessonSettings['as'];
  wordnet?: string;
  json?: boolean;
  quiet?: boolean;
}

const examples = `Examples:
  w2v explain                      all chapters, on the sentence of the book
  w2v explain --chapter predict    one step of CBOW and skip-gram, in numbers
  w2v explain 'the cat sat on the mat' --window 2
  w2v explain notes.txt --chapter counting --as word2vec
`;

export function define(command: Command, context: CommandContext): void {
  command
    .addHelpText('before', examples)
    .argument('[text]', `a text, a file, or - for standard input (default: '${lessonDefaults.text}')`)
    .addOption(
      new Option('--chapter <name>', `show only this chapter (repeatable): ${chapterNames.join(', ')}`).argParser(
        addChapter,
      ),
    )
    .option('--list', 'list the chapters');
  addWhole(command, '--window <n>', 'context words on each side', [1, 10], lessonDefaults.window);
  addWhole(command, '--dim <n>', 'dimensions of the word vectors', [1, 50], lessonDefaults.dimensions);
  addDecimal(command, '--lr <x>', 'learning rate', [0, 10], lessonDefaults.learningRate, { above: true });
  addWhole(command, '--seed <n>', 'seed of every random number', [0], lessonDefaults.seed);
  addChoice(
    command,
    '--as <way>',
    'where they differ: as in the book (Deep Learning from Scratch 2) or as in word2vec.c; book or word2vec',
    ['book', 'word2vec'],
    lessonDefaults.as,
  );
  command
    .option('--wordnet <dir>', 'folder with WordNet 3.x files (default: the ones w2v thesaurus has downloaded)')
    .option('--json', 'print one JSON document to standard output')
    .option('--quiet', 'print no notes')
    .action((text: string | undefined, options: ExplainCommandOptions) => run(context, text, options));
}

function addChapter(name: string, before: ChapterName[] = []): ChapterName[] {
  const known = chapterNames.find((chapter) => chapter === name);
  if (known !== undefined) return [...before, known];
  const [close] = suggest(chapterNames, name, 1);
  const hint = close === undefined ? `choose one of: ${chapterNames.join(', ')}` : `did you mean '${close}'?`;
  throw new W2vError('usage', `--chapter ${quotable(name)}: no such chapter`, hint);
}

async function run(context: CommandContext, given: string | undefined, options: ExplainCommandOptions): Promise<void> {
  if (options.list) return list(context, options.json === true);
  const { text, isCut } =
    given === undefined ? { text: lessonDefaults.text, isCut: false } : await lessonText(context, given);
  const { window, dim: dimensions, lr, seed, as } = options;
  const settings: LessonSettings = { window, dimensions, seed, learningRate: lr, as };
  const lesson = openLesson(text, settings, en);
  if (isCut) lesson.notes.unshift(en.notes.bytes(MOST_BYTES / 1e6));
  const names = options.chapter ?? chapterNames;
  if (options.json) {
    const chapters: Chapter[] = [];
    for (const name of names) chapters.push(await chapterNamed(context, name, lesson, options));
    const { words, counts, notes } = lesson;
    printJson(context, { text: shortened(text, 1000), settings, words, counts, notes, chapters });
    return;
  }
  const about = en.settings(quotable(text.replace(/\s+/g, ' ').trim()), window, dimensions, lr, seed, en.as[as]);
  printResult(context, [...about.split('\n').flatMap((line) => wrapped(line, WIDTH)), '']);
  if (!options.quiet) for (const note of lesson.notes) say(context, note);
  const colors = stdoutColors(context);
  for (const [at, name] of names.entries()) {
    const chapter = await chapterNamed(context, name, lesson, options);
    const lines = chapterLines(chapter, chapterNames.indexOf(name) + 1, en, colors);
    printResult(context, at < names.length - 1 ? [...lines, ''] : lines);
    await new Promise((resolve) => setImmediate(resolve)); // what is there is shown, and Ctrl-C is heard
    context.signal.throwIfAborted();
  }
}

async function chapterNamed(
  context: CommandContext,
  name: ChapterName,
  lesson: Lesson,
  { wordnet }: ExplainCommandOptions,
): Promise<Chapter> {
  const lookUp = name === 'thesaurus' ? await wordNetLookUp(context, wordnet) : undefined;
  return makeChapter(name, lesson, lookUp);
}

function list(context: CommandContext, isJson: boolean): void {
  const titles = { ...en, 'one-hot': en.oneHot };
  const chapters = chapterNames.map((name) => ({ name, title: titles[name].title }));
  if (isJson) printJson(context, chapters);
  else
    printResult(
      context,
      chapters.map(({ name, title }) => `${name.padEnd(10)} ${title}`),
    );
}
