// The commands as completion needs them: the names, options and operands of each, and the words that each value may be.
import type { Command, Option } from 'commander';
import { type CatalogEntry, listCorpora } from '../../fetch/catalog.ts';
import type { Kind } from '../options/kinds.ts';
import { operandOf, specOf } from '../options/option.ts';

export interface CommandShape {
  /** The name, then other names. */
  names: readonly string[];
  summary: string;
  options: OptionShape[];
  operands: OperandShape[];
  commands: CommandShape[];
}

export interface OptionShape {
  /** `-o`, `--output` */
  flags: string[];
  summary: string;
  /** None where it takes no value. */
  value?: ValueShape;
  /** It takes all words up to the next option. */
  takesSeveral: boolean;
  /** It may be given again. */
  repeats: boolean;
}

export interface ValueShape {
  placeholder: string;
  words: readonly string[];
  paths: 'files' | 'folders' | 'none';
}

export interface OperandShape extends ValueShape {
  repeats: boolean;
}

/** `program`: the tree of commands, with every command loaded. */
export async function programShape(program: Command): Promise<CommandShape> {
  const catalog = (await listCorpora({ cacheDirectory: '' })).map(({ entry }) => entry);
  const everywhere = program.options.filter((option) => option.long !== '--version');
  const commandNames = shapesBelow(program).map((command) => command.name());

  function shapeOf(command: Command): CommandShape {
    const options = [...command.createHelp().visibleOptions(command)];
    const others = command === program ? [] : everywhere;
    return {
      names: [command.name(), ...command.aliases()],
      summary: command.summary() || command.description(),
      options: [...options, ...others].map(optionShape),
      operands: command.registeredArguments.map((one) => ({
        ...valueShape(one.name(), operandOf(one)?.takes),
        repeats: one.variadic,
      })),
      commands: shapesBelow(command).map(shapeOf),
    };
  }

  function optionShape(option: Option): OptionShape {
    const { short, long, description, variadic: takesSeveral } = option;
    const takes = specOf(option)?.takes;
    const placeholder = /[<[](.+?)(?:\.\.\.)?[>\]]/.exec(option.flags)?.[1];
    const value = placeholder === undefined ? undefined : valueShape(placeholder, takes);
    const flags = [short, long].filter((flag) => flag !== undefined);
    const repeats = takesSeveral || takes?.repeats === true;
    return { flags, summary: shortSummary(description), ...(value && { value }), takesSeveral, repeats };
  }

  function valueShape(placeholder: string, takes: Kind<unknown> | undefined): ValueShape {
    const { words = [], catalog: kind, areCorpora, path } = takes ?? {};
    const corpora = areCorpora ? namesIn(catalog, 'text').map((name) => `corpus:${name}`) : [];
    const commands = placeholder === 'command' ? commandNames : [];
    const paths = path === undefined ? 'none' : path.endsWith('folder') ? 'folders' : 'files';
    return { placeholder, paths, words: [...words, ...namesIn(catalog, kind), ...corpora, ...commands] };
  }

  return shapeOf(program);
}

function shapesBelow(command: Command): Command[] {
  return command.createHelp().visibleCommands(command);
}

function namesIn(entries: readonly CatalogEntry[], kind: string | undefined): string[] {
  const isWanted = (entry: CatalogEntry) => kind === 'any' || (entry.kind ?? 'text') === kind;
  return entries.filter(isWanted).map(({ name }) => name);
}

const MOST_LETTERS = 70;

/** The beginning of a text: up to a semicolon or a parenthesis, and short enough for a list. */
function shortSummary(text: string): string {
  const [first = ''] = text.split(/; | \(/);
  if (first.length <= MOST_LETTERS) return first;
  return `${first.slice(0, MOST_LETTERS).replace(/[\s,:]+\S*$/, '')} ...`;
}

/** A command with its path, such as `corpus get`, and all below it. The program itself has the path ''. */
export function withPaths(shape: CommandShape, path = ''): { path: string; shape: CommandShape }[] {
  const below = shape.commands.flatMap((one) => withPaths(one, `${path} ${one.names[0]}`.trim()));
  return [{ path, shape }, ...below];
}
