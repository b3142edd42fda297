// The options that a command runs with: flag > environment > file of settings > default, and where each comes from.
import type { Command, Option } from 'commander';
import { usage, type W2vError } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';
import { suggest } from '../../base/suggest.ts';
import { withoutParameters } from '../../cluster/remote.ts';
import { type CommandContext, printJson, say } from '../context.ts';
import { nameOf, type OptionSpec, shapeOf, specOf } from '../options/option.ts';
import { flagOf } from '../terminal/setting-flags.ts';
import { type ConfigFile, openConfig } from './config-file.ts';
import { valueFromJson, valueFromText, whyNotSettable } from './settable.ts';

export interface ConfigRequest {
  /** What --config names. */
  config?: string | undefined;
  /** --print-config: print the options instead of running the command. */
  print: boolean;
}

type From = 'flag' | 'environment' | 'file' | 'default';

export interface Settled {
  /** Whether the command is to run. */
  isToRun: boolean;
  /** The file of settings that was read. */
  file?: string;
  /** How messages name an option: its flag, or where the file sets it. */
  called(spec: OptionSpec): string;
}

/** Sets what the line leaves open. Throws as `openConfig`, and `usage`. */
export async function settle(
  context: CommandContext,
  command: Command,
  request: ConfigRequest,
  wholeProgram: () => Promise<Command>,
): Promise<Settled> {
  const settable = command.options.filter((option) => whyNotSettable(option) === undefined);
  const file = settable.length === 0 && !request.print ? undefined : await openConfig(context, request.config);
  if (file !== undefined) await checkFile(file, await wholeProgram());
  const section = topName(command);
  const settings = file?.sections.get(section);
  const given = command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli');
  const from = new Map<string, From>(given.map((option) => [option.attributeName(), 'flag']));
  const used: string[] = [];
  const where = (name: string) => `${quotable(file!.name)}: ${section}.${name}`;
  for (const option of settable) {
    const name = option.attributeName();
    if (from.has(name)) continue;
    const variable = specOf(option)?.environment;
    const text = variable === undefined ? undefined : context.environment[variable];
    if (variable !== undefined && text) {
      command.setOptionValueWithSource(name, await valueFromText(option, text, variable), 'env');
      from.set(name, 'environment');
      continue;
    }
    if (!settings?.has(name) || yields(option, from)) continue;
    const written = settings.get(name);
    command.setOptionValueWithSource(name, await valueFromJson(option, written, where(name)), 'config');
    from.set(name, 'file');
    used.push(written === true ? flagOf(name) : `${flagOf(name)} ${quotable(String(written))}`);
  }
  const called = (spec: OptionSpec) => (from.get(nameOf(spec)) === 'file' ? where(nameOf(spec)) : flagOf(nameOf(spec)));
  if (request.print) {
    printOptions(context, command, from, file);
    return { isToRun: false, called };
  }
  // The file itself cannot keep this from being said.
  const isQuiet = command.getOptionValue('quiet') === true && from.get('quiet') !== 'file';
  if (file !== undefined && used.length > 0 && !isQuiet) say(context, `From ${file.name}: ${used.join(' ')}`);
  return { isToRun: true, ...(file !== undefined && { file: file.name }), called };
}

/** A flag on the line stands for this option. */
function yields(option: Option, from: ReadonlyMap<string, From>): boolean {
  const rules = specOf(option)?.only ?? [];
  return rules.some((rule) => rule.yields && [rule.with].flat().some((name) => from.get(name) === 'flag'));
}

/** The command below the program: `corpus` of `corpus get`. */
function topName(command: Command): string {
  return command.parent?.parent ? topName(command.parent) : command.name();
}

/** Every name and value of the file, also those of other commands. */
async function checkFile({ name: file, sections }: ConfigFile, program: Command): Promise<void> {
  const commands = new Map(program.commands.map((command) => [command.name(), [command, ...command.commands]]));
  const observed = (what: string) => `${quotable(file)}: ${what}`;
  for (const [section, settings] of sections) {
    const among = commands.get(section);
    if (among === undefined) {
      throw unknown(
        observed(`unknown section '${quotable(section)}': expected a command's name`),
        [...commands.keys()],
        section,
      );
    }
    const options = among.flatMap((command) => command.options);
    for (const [key, value] of settings) {
      const setting = `${quotable(section)}.${quotable(key)}`;
      const option = options.find((each) => each.attributeName() === key);
      if (option === undefined) {
        const known = options.filter((each) => whyNotSettable(each) === undefined);
        const all = [...new Set(known.map((each) => each.attributeName()))];
        throw unknown(observed(`unknown setting ${setting}`), all, key);
      }
      const why = whyNotSettable(option);
      if (why === undefined) {
        await valueFromJson(option, value, observed(setting));
        continue;
      }
      const hint = `give ${flagOf(key)} on the command line`;
      throw usage(`${observed(setting)} cannot be set in a file: ${why}`, hint);
    }
  }
}

function unknown(observed: string, known: readonly string[], name: string): W2vError {
  const camel = name.replace(/^-+/, '').replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());
  const near = known.find((one) => one === camel) ?? suggest(known, name, 1, 3)[0];
  return usage(observed, near === undefined ? `known are ${known.join(', ')}` : `did you mean ${near}?`);
}

/** Files and lists of words by their names. */
function shown(value: unknown): unknown {
  const { name, file } = (value ?? {}) as { name?: string; file?: string };
  return name ?? file ?? value ?? null;
}

function printOptions(
  context: CommandContext,
  command: Command,
  from: ReadonlyMap<string, From>,
  file: ConfigFile | undefined,
): void {
  const options = shapeOf(command).options.map((spec) => {
    const name = nameOf(spec);
    const value = command.getOptionValue(name);
    const isAddress = name === 'on' && typeof value === 'string'; // which may have a token
    const known = { value: isAddress ? withoutParameters(value) : shown(value), from: from.get(name) ?? 'default' };
    return [name, known];
  });
  printJson(context, { command: topName(command), file: file?.name ?? null, options: Object.fromEntries(options) });
}
