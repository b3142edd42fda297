// Which options a file of settings may set, and the option's value for what is written there. A file in a folder that
// somebody else made must not make w2v run code, read or write other files, or connect to another machine: an option is
// settable only if its values are numbers, known words, or text that is known to be harmless.
import type { Option } from 'commander';
import { usage, W2vError } from '../../base/errors.ts';
import { quotable, shortened } from '../../base/printable.ts';
import { listCorpora } from '../../fetch/catalog.ts';
import { specOf } from '../options/option.ts';

const remedy = 'give such a value, or remove it';

/** Why only a command line can set an option; undefined where it is settable. */
export function whyNotSettable(made: Option): string | undefined {
  const spec = specOf(made);
  if (spec === undefined) return 'it is for the command line';
  if (spec.lineOnly !== undefined || spec.takes === undefined) return spec.lineOnly;
  const { areNumbers, words, catalog, path, isHarmless } = spec.takes;
  if (areNumbers || words !== undefined || catalog !== undefined || isHarmless) return undefined;
  if (path !== undefined) return `it names a ${path.endsWith('folder') ? 'folder' : 'file'}`;
  return 'it is for the command line';
}

/**
 * The value of an option for what a file has: a number, a text, a list of texts, or true and false.
 *
 * @param where of the value, for messages: `w2v.config.json: train.dim`
 * @throws W2vError 'usage'
 */
export async function valueFromJson(made: Option, value: unknown, where: string): Promise<unknown> {
  const { takes, preset } = specOf(made)!;
  const refuse = (expected: string) => {
    throw usage(`${where} is ${shownJson(value)}: expected ${expected}`, remedy);
  };
  if (takes === undefined) return typeof value === 'boolean' ? value : refuse('true or false');
  if (made.optional && value === true) return preset;
  if (takes.areNumbers) {
    if (typeof value === 'number' || takes.words?.includes(value as string))
      return parsed(made, [String(value)], where);
    return refuse(['a number', ...(takes.words ?? [])].join(' or '));
  }
  const items: unknown[] = Array.isArray(value) && takes.repeats ? value : [value];
  const isAmount = made.flags.endsWith('<size>');
  const texts = items.filter((item) => typeof item === 'string' || (isAmount && typeof item === 'number'));
  if (texts.length < items.length || texts.length === 0) refuse(takes.repeats ? 'a text or a list of texts' : 'a text');
  return parsed(made, texts.map(String), where);
}

/** The beginning of a value as JSON; of a deep list or object only what it is: JSON.stringify has no limit. */
function shownJson(value: unknown): string {
  const isDeep = (one: unknown) => typeof one === 'object' && one !== null;
  const shallow = !isDeep(value) || !Object.values(value as object).some(isDeep);
  if (shallow) return quotable(shortened(JSON.stringify(value)));
  return Array.isArray(value) ? 'a list' : 'an object';
}

/** The value for a variable of the environment. */
export function valueFromText(made: Option, text: string, where: string): Promise<unknown> {
  return parsed(made, [text], where);
}

async function parsed(made: Option, texts: readonly string[], where: string): Promise<unknown> {
  const { takes } = specOf(made)!;
  await refusePaths(made, texts, where);
  try {
    let value: unknown;
    for (const text of texts) value = takes!.parse(text, made.long ?? made.short!, value);
    return value;
  } catch (error) {
    if (!(error instanceof W2vError)) throw error;
    // An option's error names the flag and its value: `--dim -3: expected ...`.
    const [, why = error.message] = /^-\S+ (.*)$/s.exec(error.message) ?? [];
    throw usage(`${where} ${/^.*: expected /.test(why) ? 'is ' : ''}${why}`, remedy, { cause: error });
  }
}

/** Where an option takes paths too, only its words are settable. */
async function refusePaths(made: Option, texts: readonly string[], where: string): Promise<void> {
  const { path, words = [], catalog } = specOf(made)!.takes!;
  if (path === undefined) return;
  const known = [...words];
  if (catalog !== undefined) {
    const entries = (await listCorpora({ cacheDirectory: '' })).map(({ entry }) => entry);
    known.push(...entries.filter(({ kind }) => kind === catalog).map(({ name }) => name));
  }
  const other = texts.flatMap((text) => text.split(',')).find((text) => !known.includes(text));
  if (other === undefined) return;
  const hint = `give a file on the command line: ${made.long} FILE`;
  throw usage(`${where} is ${quotable(other)}: expected ${known.join(', ')}`, hint);
}
