// A file of settings, w2v.config.json: found in the current folder, read within bounds, and taken apart into its
// sections.
import { stat } from 'node:fs/promises';
import { malformed, W2vError } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';
import { type CommandContext, warn } from '../context.ts';
import { readSmallText } from '../options/text-file.ts';

/** The name in the current folder. No folder above is looked at: it may be somebody else's, such as /tmp. */
export const CONFIG_NAME = 'w2v.config.json';
const MOST_BYTES = 1 << 20;
const advice = 'correct the file, or leave it out: --config none';
const adviceOnPath = 'check the path, or use --config none';

export interface ConfigFile {
  name: string;
  /** A command -> names and values, as JSON has them. */
  sections: Map<string, Map<string, unknown>>;
}

/**
 * @param given what --config names: a file, or none; undefined for the file in the current folder, if there is one
 * @throws W2vError 'file-missing', 'file-unreadable', 'not-text', 'file-malformed'
 */
export async function openConfig(context: CommandContext, given: string | undefined): Promise<ConfigFile | undefined> {
  if (given === 'none') return undefined;
  const name = given ?? CONFIG_NAME;
  const found = await stat(name).catch(() => undefined);
  if (given === undefined) {
    if (found === undefined) return undefined;
    const user = process.getuid?.();
    if (user !== undefined && found.uid !== user && found.uid !== 0) {
      warn(context, `${name} belongs to another user and is not used (--config ${name} uses it)`);
      return undefined;
    }
  }
  if (found !== undefined && !found.isFile() && !found.isDirectory()) {
    throw new W2vError('file-unreadable', `${quotable(name)} is not a regular file`, advice);
  }
  if (found?.isFile() && found.size > MOST_BYTES) {
    throw malformed(`${quotable(name)} has more than 1 MiB, too much for settings`, advice);
  }
  return {
    name,
    sections: sectionsOf(await readSmallText(context, name, found === undefined ? adviceOnPath : advice), name),
  };
}

function sectionsOf(text: string, name: string): ConfigFile['sections'] {
  const refused = (why: string) => malformed(`${quotable(name)} ${why}`, advice);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    if (text.trim() === '') throw refused('is empty, expected JSON such as {"train": {"dim": 200}}');
    throw refused(`is not JSON: ${quotable((cause as Error).message)}`);
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) throw refused(`has ${quotable(twice)} twice in one object`);
  if (!isObject(content)) throw refused('is not an object, expected {"train": {"dim": 200}}');
  return new Map(
    Object.entries(content).map(([section, settings]) => {
      if (!isObject(settings)) throw refused(`has no object in ${quotable(section)}, expected {"dim": 200}`);
      return [section, new Map(Object.entries(settings))];
    }),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A name that an object of a JSON text has twice, of which JSON.parse would take the last without a word. */
function duplicateKey(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, string, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (colon !== undefined) {
      const key = JSON.parse(string!) as string;
      if (open.at(-1)!.has(key)) return key;
      open.at(-1)!.add(key);
    }
  }
  return undefined;
}
