// The tree of commands, as commander has it.
import { fileURLToPath } from 'node:url';
import { Command, Help, type Option } from 'commander';
import { printable, shortened } from '../base/printable.ts';
import { packageFile } from '../package-file.ts';
import { commandGroups } from './command-list.ts';
import { CONFIG_NAME } from './config/config-file.ts';
import { type CommandContext, stderrColors } from './context.ts';
import { fileRead } from './options/kinds.ts';
import { declare, option, specOf } from './options/option.ts';
import { firstSteps, formatOverview } from './overview.ts';
import type { Environment, OutputStream } from './terminal/terminal.ts';
import { versionShown } from './version.ts';

const everywhere = [
  option({ flags: '--no-color', text: 'print no colors (like NO_COLOR=1 or TERM=dumb)' }),
  option({
    flags: '--config <file>',
    text: `file of settings, or none (default: ./${CONFIG_NAME})`,
    takes: { ...fileRead, words: ['none'] },
  }),
  option({
    flags: '--print-config',
    text: 'print the settings of a command as JSON, and run nothing',
  }),
];

const closing = `
w2v alone shows first steps; w2v COMMAND --help shows examples and defaults.
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
    .description(firstSteps)
    .usage('COMMAND ...')
    .version(await versionShown(context.stdout), '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', closing)
    .showSuggestionAfterError(true)
    .configureOutput(output)
    .configureHelp({
      formatHelp: (command, helper) =>
        command.parent === null ? formatOverview(command, helper) : usualHelp.formatHelp.call(helper, command, helper),
      visibleOptions: (command) =>
        isLong(command) && !allOptions ? basicOptions(command) : usualHelp.visibleOptions(command),
      optionDescription: (option) => withoutQuotes(usualHelp.optionDescription(option)),
      argumentDescription: (argument) => withoutQuotes(usualHelp.argumentDescription(argument)),
    })
    .exitOverride();
  declare(program, { options: everywhere });
  const asked = nameAsked(words);
  for (const { name, alias, summary, hidden, load } of Object.values(commandGroups).flat()) {
    const command = program.command(name, { hidden }).summary(summary).helpOption('-h, --help', 'show this help');
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
const MANY_OPTIONS = 16;

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
