// The phrases file: text to read, to edit and to keep. First how the phrases were found, one `# name: value` (JSON) a
// line; then one phrase a line, in the order of the passes: pass TAB words, between spaces TAB count TAB score.
import { checkFields, checkText } from '../../base/check.ts';
import { malformedAt } from '../../base/errors.ts';
import { printable, quotable, shortened } from '../../base/printable.ts';
import { isFileWord, withoutMark } from '../file-words.ts';
import { type Phrase, type Phrases, scorers } from './phrases.ts';

const TITLE = '# w2v phrases';
const COLUMNS = '# pass\tphrase\tcount\tscore';
const hint = 'make it again with: w2v phrases CORPUS -o FILE';

/** The text of a phrases file. The same phrases give the same text. */
export function formatPhrases(phrases: Phrases): string {
  checkFields(phrases, 'the value', { passes: 'list' }, 'give the phrases that findPhrases finds');
  const { passes, ...facts } = phrases;
  const lines = [TITLE];
  for (const [name, value] of Object.entries(facts)) lines.push(`# ${name}: ${JSON.stringify(value)}`);
  lines.push(COLUMNS);
  for (const [at, found] of passes.entries()) {
    for (const { words, count, score } of found) lines.push(`${at + 1}\t${words.join(' ')}\t${count}\t${score}`);
  }
  return `${lines.join('\n')}\n`;
}

const isText = (value: unknown) => typeof value === 'string' && value !== '';
function isTokenizer(value: unknown): boolean {
  const { name, keepCase } = Object(value) as Record<string, unknown>;
  return isText(name) && typeof keepCase === 'boolean';
}

const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);

/** What each fact must be, in words and as a test. */
const facts: Record<string, readonly [expected: string, test: (value: unknown) => boolean]> = {
  tokenizer: ['an object with name and keepCase', isTokenizer],
  scorer: [scorers.join(' or '), (value) => (scorers as readonly unknown[]).includes(value)],
  threshold: ['a number', isNumber],
  minCount: ['a number', isNumber],
  delimiter: ['characters without white space', (value) => typeof value === 'string' && isFileWord(value)],
  connectorWords: ['a list of words', (value) => Array.isArray(value) && value.every(isText)],
};

/**
 * Parses a phrases file. Throws `file-malformed` with `name:line` where it is damaged.
 * @param name of the file, for messages
 */
export function parsePhrases(content: string, name: string): Phrases {
  checkText(content, 'the text of the phrases');
  checkText(name, 'the name');
  const flaw = (line: number, observed: string) => malformedAt(`${quotable(name)}:${line}`, observed, hint);
  const lines = withoutMark(content).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  else if (lines[0]?.startsWith(TITLE)) throw flaw(lines.length, 'the file ends inside a line');
  if (lines[0] !== TITLE) throw flaw(1, `expected '${TITLE}', found ${shown(lines[0] ?? 'an empty file')}`);
  const found: Record<string, unknown> = {};
  const passes: Phrase[][] = [];
  const seen = new Set<string>();
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    if (line.startsWith('#')) {
      const [, fact, json] = /^# (\w+): (.*)$/.exec(line) ?? [];
      if (fact === undefined || !Object.hasOwn(facts, fact)) continue; // a comment
      found[fact] = parseJson(json!);
      const [expected, test] = facts[fact];
      if (!test(found[fact])) throw flaw(number, `${fact} must be ${expected}, found ${shown(json!)}`);
      continue;
    }
    const [pass, phrase, count, score, ...more] = line.split('\t');
    const words = phrase?.split(' ') ?? [];
    const [at, occurrences, value] = [Number(pass), Number(count), Number(score)];
    const isRow = score !== undefined && score !== '' && more.length === 0 && words.length > 1 && !words.includes('');
    if (!isRow || !Number.isSafeInteger(at) || !Number.isSafeInteger(occurrences) || !Number.isFinite(value)) {
      throw flaw(number, `expected pass, words, count and score between tabs, found ${shown(line)}`);
    }
    if (at < Math.max(1, passes.length) || at > passes.length + 1) {
      throw flaw(number, `pass ${at} after pass ${passes.length}`);
    }
    if (seen.has(`${at}\t${phrase}`)) throw flaw(number, `duplicate phrase ${shown(phrase!)}`);
    seen.add(`${at}\t${phrase}`);
    if (at > passes.length) passes.push([]);
    passes.at(-1)!.push({ words, count: occurrences, score: value });
  }
  const missing = Object.keys(facts).find((fact) => !(fact in found));
  if (missing !== undefined) throw flaw(lines.length, `no line '# ${missing}: ...'`);
  return { ...(found as unknown as Omit<Phrases, 'passes'>), passes };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function shown(text: string): string {
  return printable(JSON.stringify(shortened(text)));
}
