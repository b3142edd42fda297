// An option of a command, or an operand, is one value: its flags, its help, what it takes, its default, what it needs.
// From it come commander's options, the checks, the configuration, the help, completion and the manual page.
import { Argument, type Command, Option } from 'commander';
import type { Kind } from './kinds.ts';

/** What an option depends on. Where a rule is broken, the option has no effect, and is refused. */
export interface Rule {
  /**
   * The name of another option, or of several, of which one is enough; or `input`, the kind of the operands that the
   * command finds (`CommandShape.input`).
   */
  with: string | readonly string[];
  /** The other option has one of these values ... */
  is?: readonly unknown[];
  /** ... or it is given (true), or left out (false). */
  given?: boolean;
  /** The rule is about these values of this option; default: about all. */
  when?: (value: never) => boolean;
  /** The rule is about these values of the other option; default: about all. */
  whenOther?: (value: never) => boolean;
  /** The rule is waived where this option is given. */
  unless?: string;
  /** The rule holds only where this option is given. */
  provided?: string;
  /** A reason for the user. */
  why?: string;
  /** Instead of the usual advice. */
  hint?: string;
  /** Of the configuration this option yields to the other on the line, which stands for it. */
  yields?: boolean;
}

export const needs = (name: string | readonly string[], hint?: string): Rule => ({
  with: name,
  given: true,
  ...(hint && { hint }),
});
export const without = (name: string | readonly string[], why?: string): Rule => ({
  with: name,
  given: false,
  ...(why && { why }),
});
export const onlyIf = (name: string, ...is: readonly unknown[]): Rule => ({ with: name, is });
/** Only for operands of this kind, as the command tells them: 'a corpus'. */
export const onlyFor = (input: string): Rule => ({ with: 'input', is: [input] });
/** Another option stands in its place. */
export const replacedBy = (name: string): Rule => ({ with: name, given: false, yields: true });

export interface OptionSpec {
  /** As commander has them: `-o, --output <file>`, `--pairs <file...>`, `--on [address]`. */
  readonly flags: string;
  readonly text: string;
  /** A switch takes nothing. */
  // biome-ignore lint/suspicious/noExplicitAny: kinds of any value
  readonly takes?: Kind<any>;
  readonly fallback?: unknown;
  /** The default as the help shows it. */
  readonly shown?: string;
  readonly required?: true;
  /** The value of the flag alone, where its value may be left out. */
  readonly preset?: unknown;
  /** Shown by --help; the others by --help --all, where a command has many. */
  readonly basic?: true;
  readonly group?: string;
  readonly only?: readonly Rule[];
  /** Why the configuration cannot set it; undefined where what it takes decides. */
  readonly lineOnly?: string;
  /** A variable of the environment that sets it. */
  readonly environment?: string;
  /** It prints a document: nothing else may go to standard output. */
  readonly prints?: true;
}

/** `<corpus...>`, `[file2]`: what a command is about. */
export interface OperandSpec {
  readonly name: string;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: kinds of any value
  readonly takes?: Kind<any>;
  /** What messages call it: 'the corpus'. */
  readonly what?: string;
  /** It is standard input where it is left out. */
  readonly orStandardInput?: true;
  /** Read here only without this option. */
  readonly unless?: string;
}

/** Keeps the exact type of what is declared, from which `OptionsOf` comes. */
export const option = <const S extends OptionSpec>(spec: S): S => spec;

/** The same options, under a heading of the help; one that has a heading keeps it. */
export function titled<const L extends readonly OptionSpec[]>(group: string, ...list: L): L {
  return list.map((spec) => ({ ...spec, group })) as unknown as L;
}

/** The same option with changes. */
export function changed<const S extends OptionSpec, const C extends Partial<OptionSpec>>(
  spec: S,
  changes: C,
): Omit<S, keyof C> & C & OptionSpec {
  return { ...spec, ...changes } as Omit<S, keyof C> & C & OptionSpec;
}

type Camel<S extends string> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S;
type NameOf<F extends string> = F extends `-${string}, --${infer L}`
  ? NameOf<`--${L}`>
  : F extends `--${infer N} ${string}`
    ? Camel<N>
    : F extends `--${infer N}`
      ? Camel<N>
      : F extends `-${infer N} ${string}`
        ? N
        : never;
type ValueOf<S> = S extends { takes: Kind<infer T>; flags: infer F }
  ? F extends `${string}[${string}`
    ? S extends { preset: unknown }
      ? T
      : T | true
    : T
  : boolean;
type Certain = { fallback: unknown } | { required: true };
type Given<S extends OptionSpec> = {
  [X in S as X extends Certain ? NameOf<X['flags']> : never]: ValueOf<X>;
} & { [X in S as X extends Certain ? never : NameOf<X['flags']>]?: ValueOf<X> };

/** The options of a command, as it gets them. */
export type OptionsOf<L extends readonly OptionSpec[]> = Given<L[number]>;

const specs = new WeakMap<Option | Argument, OptionSpec | OperandSpec>();

/** What an option was made from. */
export function specOf(made: Option): OptionSpec | undefined {
  return specs.get(made) as OptionSpec | undefined;
}

export function operandOf(made: Argument): OperandSpec | undefined {
  return specs.get(made) as OperandSpec | undefined;
}

/** A command's options and operands, for the checks. */
export interface CommandShape {
  operands?: readonly OperandSpec[];
  options: readonly OptionSpec[];
  /** The kind of the operands, where it decides which options have an effect: 'a corpus', 'files of vectors'. */
  input?(operands: readonly unknown[], options: Record<string, unknown>): Promise<string>;
}

const shapes = new WeakMap<Command, CommandShape>();

export function shapeOf(command: Command): CommandShape {
  return shapes.get(command) ?? { options: [] };
}

/** Gives a command its operands and options. */
export function declare(command: Command, shape: CommandShape): void {
  shapes.set(command, shape);
  for (const operand of shape.operands ?? []) command.addArgument(argumentOf(operand));
  for (const spec of shape.options) command.addOption(optionOf(spec));
}

function argumentOf(spec: OperandSpec): Argument {
  const made = new Argument(spec.name, spec.text);
  const { takes } = spec;
  if (takes?.words !== undefined && takes.path === undefined) {
    made.argParser((text: string, before: unknown) => takes.parse(text, made.name(), before));
  }
  specs.set(made, spec);
  return made;
}

function optionOf(spec: OptionSpec): Option {
  const { flags, text, takes, fallback, shown, required, preset, group } = spec;
  const about = fallback === undefined && shown !== undefined ? `${text} (default: ${shown})` : text;
  const made = new Option(flags, about);
  if (takes !== undefined) {
    const flag = made.long ?? made.short!;
    made.argParser((value: string, before: unknown) =>
      takes.parse(value, flag, before === fallback ? undefined : before),
    );
  }
  if (fallback !== undefined) made.default(fallback, shown ?? String(fallback));
  if (preset !== undefined) made.preset(preset);
  if (required) made.makeOptionMandatory();
  if (group !== undefined) made.helpGroup(group);
  specs.set(made, spec);
  return made;
}

/** `--min-count` -> `minCount`, `-k <n>` -> `k`. */
export function nameOf({ flags }: OptionSpec): string {
  return new Option(flags).attributeName();
}

/** `--min-count`, `-k` */
export function flagOf({ flags }: OptionSpec): string {
  const { long, short } = new Option(flags);
  return long ?? short!;
}

/** `-o`, `--json`: the flag as people write it. */
export function shortFlagOf({ flags }: OptionSpec): string {
  const { long, short } = new Option(flags);
  return short ?? long!;
}
