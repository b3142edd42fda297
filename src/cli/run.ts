// One command line from its words to its exit code.
import { type Command, CommanderError } from 'commander';
import { usage, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { type ConfigRequest, settle } from './config/effective.ts';
import { type CommandContext, say, stderrColors } from './context.ts';
import { takenOver, translateCommand } from './options/foreign-commands.ts';
import { seeHelp } from './options/kinds.ts';
import { nearName } from './options/near-name.ts';
import { checkOperands, translateSpellings } from './options/spellings.ts';
import { firstSteps } from './overview.ts';
import { commandNamed, createProgram, nameAsked } from './program.ts';
import { exitCodeOf } from './terminal/interrupt.ts';
import { describeError } from './terminal/report-error.ts';

/** Runs `w2v ...args`; resolves to the exit code, with every error already on stderr. */
export async function run(args: readonly string[], outside: CommandContext): Promise<number> {
  const end = args.indexOf('--');
  const isNoColor = (arg: string, index: number) => arg === '--no-color' && (end < 0 || index < end);
  const context: CommandContext = { ...outside, noColor: outside.noColor || args.some(isNoColor) };
  let asked: string | undefined;
  try {
    const { rest, request } = takeConfigWords(args.filter((arg, index) => !isNoColor(arg, index)));
    const { words, allOptions } = takeAll(translateCommand(rest));
    asked = nameAsked(words);
    context.words = request.config === undefined ? words : ['--config', request.config, ...words];
    if (words.length === 0) {
      context.stdout.write(firstSteps);
      return 0;
    }
    const program = await createProgram(words, context, { allOptions });
    if (request.print) allowMissing(program, asked);
    program.hook('preAction', async (_program, command) => {
      const wholeProgram = () => createProgram([], context, { all: true });
      const { isToRun, file, called } = await settle(context, command, request, wholeProgram);
      if (!isToRun) throw new CommanderError(0, 'w2v.printed', 'the options are printed');
      const { checkLine } = await import('./options/rules.ts'); // with all that opens files, which --help does not need
      await checkLine({ command, called, alsoRead: file === undefined ? [] : [file] }, context);
    });
    const translated = wordsFor(program, asked, words);
    const note = takenOver(rest);
    if (note !== undefined && !translated.includes('--quiet')) say(context, note);
    await program.parseAsync(translated, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has written its message
    if (context.signal.aborted || (error instanceof W2vError && error.code === 'interrupted')) {
      context.stderr.write('Stopped.\n');
      return exitCodeOf(context.signal);
    }
    const { exitCode, text } = describeError(withCommand(error, asked), {
      colors: stderrColors(context),
      debug: context.environment.DEBUG === 'w2v',
      stream: context.stderr,
    });
    context.stderr.write(text);
    return exitCode;
  }
}

/** `--help --all`, `help COMMAND --all`: the help shows every option. */
function takeAll(words: readonly string[]): { words: readonly string[]; allOptions: boolean } {
  const isHelp = words[0] === 'help' || words.includes('--help') || words.includes('-h');
  if (!isHelp || !words.includes('--all')) return { words, allOptions: false };
  return { words: words.filter((word) => word !== '--all'), allOptions: true };
}

function wordsFor(program: Command, asked: string | undefined, words: readonly string[]): readonly string[] {
  if (words.length === 1 && (words[0] === '-v' || words[0] === 'version')) return ['--version'];
  if (asked === undefined || asked === 'help') return words;
  const command = commandNamed(program, asked);
  if (command === undefined) throw noCommand(program, asked);
  if (words.includes('--help') || words.includes('-h')) return words;
  const translated = translateSpellings(words, command);
  checkOperands(translated, command);
  return translated;
}

/** What a command needs is not needed to print its options. */
function allowMissing(program: Command, asked: string | undefined): void {
  const command = asked === undefined ? undefined : commandNamed(program, asked);
  for (const one of command === undefined ? [] : [command, ...command.commands]) {
    for (const argument of one.registeredArguments) argument.required = false;
    for (const option of one.options) option.mandatory = false;
  }
}

function noCommand(program: Command, name: string): W2vError {
  if (/^wmd|word-?movers?/i.test(name)) {
    const hint = 'rank texts by the mean of their word vectors: w2v search FILE --in TEXTS QUERY';
    return usage("w2v has no Word Mover's Distance", hint);
  }
  const near = nearName([...program.commands.flatMap((one) => [one.name(), ...one.aliases()])], name);
  const hint = near === undefined ? "see 'w2v --help'" : `did you mean ${near}?`;
  return usage(`unknown command '${quotable(name)}'`, hint);
}

function withCommand(error: unknown, asked: string | undefined): unknown {
  if (!(error instanceof W2vError) || error.hint !== seeHelp) return error;
  return new W2vError(error.code, error.message, `see 'w2v ${asked} --help'`, { cause: error });
}

/**
 * --config FILE and --print-config stand anywhere on a command line, like --no-color: the command line without them, and
 * what they ask for. Throws `usage` for --config without a file.
 */
function takeConfigWords(args: readonly string[]): { rest: string[]; request: ConfigRequest } {
  const rest: string[] = [];
  const request: ConfigRequest = { print: false };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at];
    if (arg === '--') return { rest: [...rest, ...args.slice(at)], request };
    if (arg === '--print-config') request.print = true;
    else if (arg === '--config') request.config = args[++at] ?? '';
    else if (arg.startsWith('--config=')) request.config = arg.slice('--config='.length);
    else rest.push(arg);
  }
  if (request.config !== '') return { rest, request };
  throw usage('--config has no file', 'name one, or none: --config FILE, --config none');
}
