// What holds for every command line, by what its options and operands say of themselves: an option without effect is
// refused, standard input and standard output serve one purpose each, an output is never an input.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { usage, type W2vError } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';
import { checkNotInputs } from '../../files/targets.ts';
import { checkOutputs } from '../../files/write-files.ts';
import type { CommandContext } from '../context.ts';
import { STANDARD_INPUT } from '../standard-input.ts';
import { flagOf, nameOf, type OperandSpec, type OptionSpec, type Rule, shapeOf, shortFlagOf } from './option.ts';

/** A command line with every option settled. */
export interface Line {
  command: Command;
  /** How messages name an option: its flag, or where a file sets it. */
  called(spec: OptionSpec): string;
  /** Files that were read before the command: the configuration. */
  alsoRead: readonly string[];
}

/**
 * Throws `usage` for an option without effect, for two uses of one standard stream, and for an output that is an input;
 * `file-exists` and `file-unwritable` as `checkOutputs`, and what values throw that are loaded.
 */
export async function checkLine(line: Line, context: CommandContext): Promise<void> {
  await checkEffects(line);
  await checkStandardInput(line);
  checkStandardOutput(line);
  await load(line, context);
  await checkFiles(line);
}

const isGiven = ({ command }: Line, name: string) => {
  const source = command.getOptionValueSource(name);
  return source === 'cli' || source === 'config';
};

/** What is on: a switch that the configuration sets to false is not given. */
function isOn(line: Line, name: string): boolean {
  const value: unknown = line.command.getOptionValue(name);
  return isGiven(line, name) && value !== undefined && value !== false;
}

async function checkEffects(line: Line): Promise<void> {
  const { command } = line;
  const { options, input } = shapeOf(command);
  let kind: string | undefined;
  for (const spec of options) {
    if (!isOn(line, nameOf(spec))) continue;
    for (const rule of spec.only ?? []) {
      if (rule.with === 'input') kind ??= await input?.(command.processedArgs, command.opts());
      if (isBroken(line, spec, rule, kind)) throw withoutEffect(line, spec, rule, kind);
    }
  }
}

export function isBroken(line: Line, spec: OptionSpec, rule: Rule, kind: string | undefined): boolean {
  const settledValue = (name: string): unknown => line.command.getOptionValue(name);
  if (rule.when !== undefined && !rule.when(settledValue(nameOf(spec)) as never)) return false;
  if (rule.unless !== undefined && isOn(line, rule.unless)) return false;
  if (rule.provided !== undefined && !isOn(line, rule.provided)) return false;
  if (rule.with === 'input') return !rule.is!.includes(kind);
  const names = [rule.with].flat();
  if (rule.is !== undefined) return !names.some((name) => rule.is!.includes(settledValue(name)));
  const given = names.filter((name) => isOn(line, name));
  const other = given.filter((name) => rule.whenOther === undefined || rule.whenOther(settledValue(name) as never));
  return rule.given === (other.length === 0);
}

function withoutEffect(line: Line, spec: OptionSpec, rule: Rule, kind: string | undefined): W2vError {
  const { command } = line;
  const { options } = shapeOf(command);
  const called = line.called(spec);
  const names = [rule.with].flat();
  const others = options.filter((each) => names.includes(nameOf(each)));
  const why = rule.why === undefined ? '' : `: ${rule.why}`;
  const leave = (instead?: string) =>
    instead === undefined || rule.hint === undefined ? `leave ${called} out` : `${instead}, or leave ${called} out`;
  if (rule.with === 'input') {
    return usage(`${called} applies to ${rule.is!.join(', ')}, not to ${kind}${why}`, leave());
  }
  if (rule.is !== undefined) {
    const [other] = others;
    const value: unknown = command.getOptionValue(nameOf(other!));
    const wanted = rule.is.find((each) => each !== undefined);
    const found = value === undefined ? `without ${flagOf(other!)}` : `to ${flagOf(other!)} ${quotable(String(value))}`;
    const hint = rule.hint ?? `add ${flagOf(other!)} ${wanted}`;
    return usage(`${called} does not apply ${found}${why}`, `${hint}, or leave ${called} out`);
  }
  if (rule.given === true) {
    const observed = `${called} applies to ${others.map(flagOf).join(' or ')}${why}`;
    return usage(observed, rule.hint ?? leave());
  }
  const other = others.find((each) => isOn(line, nameOf(each)))!;
  const observed = `${called} cannot be used with ${line.called(other)}${why}`;
  return usage(observed, rule.hint ?? `leave ${called} out, or ${line.called(other)}`);
}

/** Reads the small files that options name (lists of words, phrases), and finds packages. Throws as `Kind.load`. */
async function load({ command }: Line, context: CommandContext): Promise<void> {
  for (const spec of shapeOf(command).options) {
    const name = nameOf(spec);
    const value: unknown = command.getOptionValue(name);
    if (spec.takes?.load === undefined || value === undefined) continue;
    const source = command.getOptionValueSource(name);
    command.setOptionValueWithSource(name, await spec.takes.load(value, context), source!);
  }
}

interface Named {
  /** `the corpus`, `--vocab` */
  what: string;
  spec: OperandSpec | OptionSpec;
  values: readonly unknown[];
}

/** Operands and options with the values they have: of options those that are given or have a default. */
function named({ command }: Line): Named[] {
  const { operands = [], options } = shapeOf(command);
  const ofOperands = operands.map((spec, at) => {
    const value: unknown = command.processedArgs[at];
    return {
      what: spec.what ?? spec.name,
      spec,
      values: Array.isArray(value) ? value : value === undefined ? [] : [value],
    };
  });
  const ofOptions = options.map((spec) => {
    const value: unknown = command.getOptionValue(nameOf(spec));
    return { what: shortFlagOf(spec), spec, values: value === undefined ? [] : [value] };
  });
  return [...ofOperands, ...ofOptions];
}

/** It can be read once. */
async function checkStandardInput(line: Line): Promise<void> {
  let leftOut: string | undefined;
  const readers: string[] = [];
  for (const { what, spec, values } of named(line)) {
    const { takes, orStandardInput, unless } = spec as OperandSpec;
    if (takes?.path !== 'reads') continue;
    for (const value of values.flat()) {
      const isNamed = typeof value === 'string' ? value === '-' : (await takes.files?.(value, {}))?.includes('-');
      if (isNamed) readers.push(what);
    }
    if (!orStandardInput || values.length > 0 || (unless !== undefined && isOn(line, unless))) continue;
    leftOut = what;
    readers.push(what);
  }
  const [first, second] = readers;
  if (second === undefined) return;
  const observed =
    first === second
      ? `${STANDARD_INPUT} (-) is named twice for ${first}`
      : `${STANDARD_INPUT} (-) cannot be both ${first} and ${second}`;
  const hint = second === leftOut ? `put ${second} on the command line, or name a file` : 'name a file for one of them';
  throw usage(observed, hint);
}

/** One document, one table or one file goes there. */
function checkStandardOutput(line: Line): void {
  const printed: string[] = [];
  const files: string[] = [];
  for (const { what, spec, values } of named(line)) {
    const { prints, takes } = spec as OptionSpec;
    if (prints && isOn(line, nameOf(spec as OptionSpec))) printed.push(what);
    if (!takes?.path?.startsWith('writes') || !values.includes('-')) continue;
    if (takes.noStream !== undefined) {
      throw usage(`${what} cannot go to standard output`, takes.noStream);
    }
    files.push('flags' in spec && !isGiven(line, nameOf(spec)) ? 'the output' : `${what} -`);
  }
  const all = [...printed, ...files];
  if (all.length < 2) return;
  const observed = `${all.join(' and ')} both go to standard output`;
  throw usage(observed, files.length > 0 ? 'give the output a file name' : 'choose one of them');
}

async function filesOf(line: Line, path: string): Promise<string[]> {
  const options = line.command.opts();
  const files: string[] = [];
  for (const { spec, values } of named(line)) {
    const { takes } = spec;
    if (takes?.path !== path) continue;
    for (const value of values) {
      if (path === 'writes' && value === '-') continue;
      files.push(...(takes.files ? await takes.files(value, options) : [String(value)]));
    }
  }
  return files;
}

/** Outputs, with all that lies beside them, against everything that is read, under any name. */
async function checkFiles(line: Line): Promise<void> {
  const written = await filesOf(line, 'writes');
  if (written.length === 0) return;
  const force = line.command.getOptionValue('force') === true;
  await checkOutputs(written, { force });
  for (const { spec, values } of named(line)) for (const folder of values) await spec.takes?.keeps?.(written, folder);
  await checkNotInputs(written, async () => {
    const read = await filesOf(line, 'reads');
    const folders = await filesOf(line, 'reads folder');
    const within = await Promise.all(folders.map(filesIn));
    const files = read.map((file) => (file === '-' ? '/dev/stdin' : file));
    return [...files, '/dev/stdin', ...within.flat(), ...line.alsoRead];
  });
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => join(folder, name));
}
