// What values an option or an argument takes: as its parser knows, and as its placeholder says (`--vocab <file>`).
// Completion offers these values.
import type { Argument, Option } from 'commander';

/** What a parser knows of the values that it accepts. */
export interface ParserValues {
  /** Numbers, and nothing else. */
  areNumbers?: boolean;
  /** The words that it accepts; with a placeholder that names files, files besides. */
  words?: readonly string[];
  /** It may be given again, for a list. */
  repeats?: boolean;
  /** Also names of the catalogue (w2v corpus list) of this kind. */
  catalogue?: 'pairs' | 'analogies' | 'any';
}

export interface Values extends ParserValues {
  /** As the help calls them: `file`, `n`, `name`. */
  placeholder: string;
  /** Paths that may be given. */
  paths: 'files' | 'folders' | 'none';
  /** Also `corpus:NAME`. */
  areCorpora: boolean;
}

const parsers = new WeakMap<object, ParserValues>();

/** The same parser, of which `valuesOf` now knows what it accepts. */
export function accepting<Parser extends object>(parser: Parser, values: ParserValues): Parser {
  parsers.set(parser, values);
  return parser;
}

const fileNames = new Set(['file', 'corpus', 'in', 'out', 'texts']);

/** What an option or argument takes; undefined for an option without a value. */
export function valuesOf(taker: Option | Argument): Values | undefined {
  const placeholder = 'flags' in taker ? /[<[](.+?)(?:\.\.\.)?[>\]]/.exec(taker.flags)?.[1] : taker.name();
  if (placeholder === undefined) return undefined;
  const parts = placeholder.split('|');
  const known = taker.parseArg === undefined ? undefined : parsers.get(taker.parseArg);
  return {
    ...known,
    placeholder,
    paths: parts.some((part) => fileNames.has(part)) ? 'files' : parts.includes('dir') ? 'folders' : 'none',
    areCorpora: parts.includes('corpus'),
  };
}
