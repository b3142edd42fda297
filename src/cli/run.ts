// One command line from its words to its exit code.
import { CommanderError } from 'commander';
import { type CommandContext, stderrColors } from './context.ts';
import { exitCodes } from './exit-codes.ts';
import { translateSpellings } from './options.ts';
import { createProgram, isCommand, nameAsked } from './program.ts';
import { describeError } from './report-error.ts';

/** Runs `w2v ...args`; resolves to the exit code, with every error already on stderr. */
export async function run(args: readonly string[], outside: CommandContext): Promise<number> {
  const end = args.indexOf('--');
  const isNoColor = (arg: string, index: number) => arg === '--no-color' && (end < 0 || index < end);
  const context = { ...outside, noColor: outside.noColor || args.some(isNoColor) };
  const words = translateSpellings(args.filter((arg, index) => !isNoColor(arg, index)));
  try {
    const program = await createProgram(words, context);
    if (words.length === 0) {
      context.stdout.write(program.helpInformation());
      return 0;
    }
    const asked = nameAsked(words);
    // `help` of a command that is none would show the help of all without a word about it.
    const misspelt = asked !== undefined && asked !== 'help' && !isCommand(program, asked);
    await program.parseAsync(misspelt ? [asked] : words, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has written its message
    if (context.signal.aborted) {
      context.stderr.write('Stopped.\n');
      return exitCodes.interrupted;
    }
    const { exitCode, text } = describeError(error, {
      colors: stderrColors(context),
      debug: context.environment.DEBUG === 'w2v',
    });
    context.stderr.write(text);
    return exitCode;
  }
}
