// The options that a command runs with: flag > environment > file of settings > default, and where each comes from.
import type { Command, Option } from 'commander';
import { withoutParameters } from '../../cluster/remote.ts';
import { W2vError } from '../../errors.ts';
import { quotable } from '../../printable.ts';
import { suggest } from '../../suggest.ts';
import { type CommandContext, printJson, say, warn } from '../context.ts';
import { flagOf } from '../terminal/setting-flags.ts';
import { type ConfigFile, openConfig } from './config-file.ts';
import { valueFromJson, valueFromText, whyNotSettable } from './settable.ts';

export interface ConfigRequest {
  /** What --config names. */
  config?: string | undefined;
  /** --print-config: print the options instead of running the command. */
  print: boolean;
}

const COMMON = 'common';

type From = 'flag' | 'environment' | 'file' | 'default';

/** Sets what the line leaves open. Resolves to whether the command is to run. Throws as `openConfig`, and `usage`. */
export async function settle(
  context: CommandContext,
  command: Command,
  request: ConfigRequest,
  wholeProgram: () => Promise<Command>,
): Promise<boolean> {
  const settable = command.options.filter((option) => whyNotSettable(option) === undefined);
  if (settable.length === 0 && !request.print) return true;
  const file = await openConfig(request.config, (why) => warn(context, why));
  if (file !== undefined) await checkFile(file, await wholeProgram());
  const sections = [topName(command), COMMON].map((name) => [name, file?.sections.get(name)] as const);
  const given = command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli');
  const from = new Map<string, From>(given.map((option) => [option.attributeName(), 'flag']));
  const used: string[] = [];
  for (const option of settable) {
    const name = option.attributeName();
    if (from.has(name) || given.some((other) => contradict(option, other))) continue;
    const variable = variableOf(option);
    const text = context.environment[variable];
    if (text) {
      command.setOptionValueWithSource(name, await valueFromText(option, text, variable), 'env');
      from.set(name, 'environment');
      continue;
    }
    const [section, settings] = sections.find(([, values]) => values?.has(name)) ?? [];
    if (file === undefined || settings === undefined) continue;
    const written = settings.get(name);
    const where = `${quotable(file.name)}: ${section}.${name}`;
    command.setOptionValueWithSource(name, await valueFromJson(option, written, where), 'config');
    from.set(name, 'file');
    used.push(written === true ? flagOf(name) : `${flagOf(name)} ${quotable(String(written))}`);
  }
  if (request.print) {
    printOptions(context, command, from, file);
    return false;
  }
  // The file itself cannot keep this from being said.
  const isQuiet = command.getOptionValue('quiet') === true && from.get('quiet') !== 'file';
  if (file !== undefined && used.length > 0 && !isQuiet) say(context, `From ${file.name}: ${used.join(' ')}`);
  return true;
}

/** A flag on the line takes the place of a setting that cannot stand beside it. */
function contradict(one: Option, other: Option): boolean {
  const conflicts = (option: Option) => (option as Option & { conflictsWith: string[] }).conflictsWith;
  return conflicts(one).includes(other.attributeName()) || conflicts(other).includes(one.attributeName());
}

/** `W2V_MIN_COUNT` for --min-count. */
function variableOf(option: Option): string {
  return `W2V_${flagOf(option.attributeName()).replace(/^-+/, '').replaceAll('-', '_').toUpperCase()}`;
}

/** The command below the program: `corpus` of `corpus get`. */
function topName(command: Command): string {
  return command.parent?.parent ? topName(command.parent) : command.name();
}

/** Every name and value of the file, also those of other commands. */
async function checkFile({ name: file, sections }: ConfigFile, program: Command): Promise<void> {
  const commands = new Map(program.commands.map((command) => [command.name(), [command, ...command.commands]]));
  const names = [COMMON, ...commands.keys()];
  const observed = (what: string) => `${quotable(file)}: ${what}`;
  for (const [section, settings] of sections) {
    const among = section === COMMON ? [...commands.values()].flat() : commands.get(section);
    if (among === undefined) {
      const expected = `expected a command's name, or ${COMMON}`;
      throw unknown(observed(`unknown section '${quotable(section)}': ${expected}`), names, section);
    }
    const options = among.flatMap((command) => command.options);
    for (const [key, value] of settings) {
      const setting = `${quotable(section)}.${quotable(key)}`;
      const named = options.filter((option) => option.attributeName() === key);
      if (named.length === 0) {
        const known = options.filter((option) => whyNotSettable(option) === undefined);
        const all = [...new Set(known.map((option) => option.attributeName()))];
        throw unknown(observed(`unknown setting ${setting}`), all, key);
      }
      await checkSetting(named, value, observed(setting));
    }
  }
}

/** `named`: the options of this name, of one command or of several. */
async function checkSetting(named: readonly Option[], value: unknown, where: string): Promise<void> {
  const settable = named.filter((option) => whyNotSettable(option) === undefined);
  if (settable.length === 0) {
    const why = whyNotSettable(named[0]!);
    throw new W2vError(
      'usage',
      `${where} cannot be set in a file: ${why}`,
      `give ${flagOf(named[0]!.attributeName())} on the command line`,
    );
  }
  // In `common` one command may take what another does not.
  let refused: unknown;
  for (const option of settable) {
    try {
      await valueFromJson(option, value, where);
      return;
    } catch (error) {
      refused ??= error;
    }
  }
  throw refused;
}

function unknown(observed: string, known: readonly string[], name: string): W2vError {
  const camel = name.replace(/^-+/, '').replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());
  const near = known.find((one) => one === camel) ?? suggest(known, name, 1, 3)[0];
  return new W2vError(
    'usage',
    observed,
    near === undefined ? `known are ${known.join(', ')}` : `did you mean ${near}?`,
  );
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
  const options = command.options.map((option) => {
    const name = option.attributeName();
    const value = command.getOptionValue(name);
    const isAddress = name === 'on' && typeof value === 'string'; // which may have a token
    const known = { value: isAddress ? withoutParameters(value) : shown(value), from: from.get(name) ?? 'default' };
    return [name, known];
  });
  printJson(context, { command: topName(command), file: file?.name ?? null, options: Object.fromEntries(options) });
}
