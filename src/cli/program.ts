// The tree of commands. A command's own file is loaded only when it is asked for, so that `w2v --help` starts at once.
import { fileURLToPath } from 'node:url';
import { Command, Help, type Option } from 'commander';
import { printable, shortened } from '../base/printable.ts';
import { packageFile } from '../package-file.ts';
import { CONFIG_NAME } from './config/config-file.ts';
import { type CommandContext, stderrColors } from './context.ts';
import { fileRead } from './options/kinds.ts';
import { declare, option, specOf } from './options/option.ts';
import type { Environment, OutputStream } from './terminal/terminal.ts';
import { versionShown } from './version.ts';

interface CommandModule {
  /** `wholeProgram`: the tree with every command defined. */
  define(command: Command, context: CommandContext, wholeProgram: () => Promise<Command>): void;
}

interface CommandEntry {
  name: string;
  alias?: string;
  summary: string;
  group: string;
  load(): Promise<CommandModule>;
}

const creating = 'Make vectors:';
const querying = 'Query:';
const evaluating = 'Evaluate:';
const utilities = 'Utilities:';

const commands: CommandEntry[] = [
  {
    name: 'train',
    summary: 'train word vectors on text (skip-gram, CBOW)',
    group: creating,
    load: () => import('./commands/train.ts'),
  },
  {
    name: 'count',
    summary: 'build word vectors from co-occurrence counts (PPMI, SVD)',
    group: creating,
    load: () => import('./commands/count.ts'),
  },
  {
    name: 'vocab',
    summary: 'count the words of a text',
    group: creating,
    load: () => import('./commands/vocab.ts'),
  },
  {
    name: 'phrases',
    summary: 'find the phrases of a text (new york), to join them',
    group: creating,
    load: () => import('./commands/phrases.ts'),
  },
  {
    name: 'nearest',
    alias: 'nn',
    summary: 'find the nearest words',
    group: querying,
    load: () => import('./commands/nearest.ts'),
  },
  {
    name: 'analogy',
    summary: 'solve analogies: A is to B as C is to ...',
    group: querying,
    load: () => import('./commands/analogy.ts'),
  },
  {
    name: 'similarity',
    summary: 'cosine similarity of two words, from -1 to 1',
    group: querying,
    load: () => import('./commands/similarity.ts'),
  },
  {
    name: 'odd',
    summary: 'find the odd word out',
    group: querying,
    load: () => import('./commands/odd.ts'),
  },
  {
    name: 'vector',
    summary: 'print the vectors of words',
    group: querying,
    load: () => import('./commands/vector.ts'),
  },
  {
    name: 'predict',
    summary: 'predict a missing word from the words around it',
    group: querying,
    load: () => import('./commands/predict.ts'),
  },
  {
    name: 'embed',
    summary: 'make vectors of sentences and other texts',
    group: querying,
    load: () => import('./commands/embed.ts'),
  },
  {
    name: 'search',
    summary: 'find the lines of a text that are most similar to a query',
    group: querying,
    load: () => import('./commands/search.ts'),
  },
  {
    name: 'map',
    summary: 'make a page with a map of all words, to explore offline',
    group: querying,
    load: () => import('./commands/map.ts'),
  },
  {
    name: 'serve',
    summary: 'explore vectors in a browser, from a server on this machine',
    group: querying,
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'evaluate',
    summary: 'score vectors on word pairs and analogies, with confidence intervals',
    group: evaluating,
    load: () => import('./commands/evaluate.ts'),
  },
  {
    name: 'compare',
    summary: 'compare thesaurus, counting and prediction, with a report',
    group: evaluating,
    load: () => import('./commands/compare.ts'),
  },
  {
    name: 'thesaurus',
    summary: 'look words up in WordNet',
    group: evaluating,
    load: () => import('./commands/thesaurus.ts'),
  },
  {
    name: 'explain',
    summary: 'show how word vectors are made, step by step, on a sentence of yours',
    group: utilities,
    load: () => import('./commands/explain.ts'),
  },
  {
    name: 'convert',
    summary: 'convert vectors between file formats',
    group: utilities,
    load: () => import('./commands/convert.ts'),
  },
  {
    name: 'info',
    summary: 'show what a file of vectors contains',
    group: utilities,
    load: () => import('./commands/info.ts'),
  },
  {
    name: 'corpus',
    summary: 'list or download built-in corpora and test sets',
    group: utilities,
    load: () => import('./commands/corpus.ts'),
  },
  {
    name: 'sql',
    summary: 'print the SQL that counts a corpus on Spark',
    group: utilities,
    load: () => import('./commands/sql.ts'),
  },
  {
    name: 'setup',
    summary: 'install TensorFlow for training',
    group: utilities,
    load: () => import('./commands/setup.ts'),
  },
  {
    name: 'doctor',
    summary: 'check the installation and suggest fixes',
    group: utilities,
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'completion',
    summary: 'print a script that completes commands in a shell',
    group: utilities,
    load: () => import('./commands/completion.ts'),
  },
];

const examples = `Examples:
  w2v train notes.txt -o notes.bin        train word vectors on a text
  w2v count notes.txt -o counted.bin      build them by counting instead
  w2v nearest notes.bin king queen        find the nearest words
  w2v train corpus:mix -o mix.bin         use a built-in corpus`;

const everywhere = [
  option({ flags: '--no-color', text: 'print no colors (like NO_COLOR=1 or TERM=dumb)' }),
  option({
    flags: '--config <file>',
    text: `file of settings, or none (default: ${CONFIG_NAME} in the current folder)`,
    takes: { ...fileRead, words: ['none'] },
  }),
  option({
    flags: '--print-config',
    text: 'print the settings of a command and where each comes from, as JSON; run nothing',
  }),
];

const closing = `
w2v COMMAND --help shows examples and every default of a command.
Documentation: README.md and docs/ in ${fileURLToPath(packageFile(''))}
When you report a problem, please add the output of 'w2v doctor'.`;

/** The tree for a command line, of which only the command that it names is defined; or with `all` of them. */
export async function createProgram(
  words: readonly string[],
  context: CommandContext,
  { all = false, allOptions = all }: { all?: boolean; allOptions?: boolean } = {},
): Promise<Command> {
  const program = new Command('w2v');
  const colors = stderrColors(context);
  const output = {
    writeOut: (text: string) => context.stdout.write(text),
    writeErr: (text: string) => context.stderr.write(text),
    outputError: (text: string, write: (text: string) => void) =>
      write(printable(withShortWords(text), '\n').replace(/^error:/, colors.red.bold('error:'))),
    getOutHelpWidth: () => helpWidth(context.stdout, context.environment),
    getErrHelpWidth: () => helpWidth(context.stderr, context.environment),
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  };
  program
    .description(`Turn text into word vectors.\n\n${examples}`)
    .usage('COMMAND ...')
    .version(await versionShown(context.stdout), '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .commandsGroup(utilities)
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', closing)
    .showSuggestionAfterError(true)
    .configureOutput(output)
    .configureHelp({
      visibleOptions: (command) =>
        isLong(command) && !allOptions ? basicOptions(command) : usualHelp.visibleOptions(command),
      optionDescription: (option) => withoutQuotes(usualHelp.optionDescription(option)),
      argumentDescription: (argument) => withoutQuotes(usualHelp.argumentDescription(argument)),
    })
    .exitOverride();
  declare(program, { options: everywhere });
  const asked = nameAsked(words);
  for (const { name, alias, summary, group, load } of commands) {
    const command = program.command(name).summary(summary).helpGroup(group).helpOption('-h, --help', 'show this help');
    if (alias !== undefined) command.alias(alias);
    if (all || (asked !== undefined && (asked === name || asked === alias))) {
      (await load()).define(command, context, () => createProgram([], context, { all: true }));
      if (isLong(command) && !allOptions) command.addHelpText('after', () => moreOptions(command));
      for (const one of [command, ...command.commands]) one.showHelpAfterError(`hint: see 'w2v ${pathOf(one)} --help'`);
    }
  }
  program.showHelpAfterError("hint: see 'w2v --help'");
  return program;
}

const usualHelp = new Help();
const MANY_OPTIONS = 25;

/** Of such a command --help shows the basic options, and --help --all the rest. */
const isLong = (command: Command) => command.options.length > MANY_OPTIONS;
function basicOptions(command: Command): Option[] {
  const isBasic = (option: Option) => specOf(option)?.basic === true || option.long === '--help';
  return usualHelp.visibleOptions(command).filter(isBasic);
}

function moreOptions(command: Command): string {
  const more = usualHelp.visibleOptions(command).length - basicOptions(command).length;
  return `\n${more} more options: w2v ${command.name()} --help --all`;
}

/** `(default: add)` for `(default: "add")`. */
function withoutQuotes(description: string): string {
  return description.replace(/\b(default|preset): "([^"]+)"/g, '$1: $2');
}

function helpWidth({ columns }: OutputStream, { COLUMNS }: Environment): number {
  return Math.min(columns ?? (Number(COLUMNS) || 80), 120);
}

/** The command of a line: `nearest` in `nearest FILE`, in `help nearest` and in `--no-color nearest`. */
export function nameAsked(words: readonly string[]): string | undefined {
  const operands = words.filter((word) => !word.startsWith('-'));
  return operands[0] === 'help' ? operands[1] : operands[0];
}

function withShortWords(text: string): string {
  return text.replace(/\S{81,}/g, (word) => shortened(word));
}

export function commandNamed(program: Command, name: string): Command | undefined {
  return program.commands.find((command) => command.name() === name || command.aliases().includes(name));
}

function pathOf(command: Command): string {
  const parent = command.parent?.name();
  return parent === undefined || parent === 'w2v' ? command.name() : `${parent} ${command.name()}`;
}
