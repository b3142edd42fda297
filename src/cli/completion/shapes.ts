// The commands as completion needs them: the names, options and operands of each, and the words that each value may be.
import type { Argument, Command, Option } from 'commander';
import { type CatalogueEntry, listCorpora } from '../../fetch/catalogue.ts';
import { type Values, valuesOf } from '../options/values.ts';

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
  paths: Values['paths'];
}

export interface OperandShape extends ValueShape {
  repeats: boolean;
}

/** `program`: the tree of commands, with every command loaded. */
export async function programShape(program: Command): Promise<CommandShape> {
  const catalogue = (await listCorpora({ cacheDirectory: '' })).map(({ entry }) => entry);
  const everywhere = program.options.filter((option) => option.long !== '--version');
  const commandNames = shapesBelow(program).map((command) => command.name());

  function shapeOf(command: Command): CommandShape {
    const options = [...command.createHelp().visibleOptions(command)];
    const others = command === program ? [] : everywhere;
    return {
      names: [command.name(), ...command.aliases()],
      summary: command.summary() || command.description(),
      options: [...options, ...others].map(optionShape),
      operands: command.registeredArguments.map((one) => ({ ...valueShape(one)!, repeats: one.variadic })),
      commands: shapesBelow(command).map(shapeOf),
    };
  }

  function optionShape(option: Option): OptionShape {
    const { short, long, description, variadic: takesSeveral } = option;
    const value = valueShape(option);
    const flags = [short, long].filter((flag) => flag !== undefined);
    const repeats = takesSeveral || valuesOf(option)?.repeats === true;
    return { flags, summary: shortSummary(description), ...(value && { value }), takesSeveral, repeats };
  }

  function valueShape(taker: Option | Argument): ValueShape | undefined {
    const values = valuesOf(taker);
    if (values === undefined) return undefined;
    const { placeholder, paths, words = [], catalogue: kind, areCorpora } = values;
    const corpora = areCorpora ? namesIn(catalogue, 'text').map((name) => `corpus:${name}`) : [];
    const commands = placeholder === 'command' ? commandNames : [];
    return { placeholder, paths, words: [...words, ...namesIn(catalogue, kind), ...corpora, ...commands] };
  }

  return shapeOf(program);
}

function shapesBelow(command: Command): Command[] {
  return command.createHelp().visibleCommands(command);
}

function namesIn(entries: readonly CatalogueEntry[], kind: string | undefined): string[] {
  const isWanted = (entry: CatalogueEntry) => kind === 'any' || (entry.kind ?? 'text') === kind;
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
