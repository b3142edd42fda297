// Writes the list of files in docs/architecture.md from the first sentence of each file: node scripts/map.js
// tests/map.test.ts checks that the list is up to date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'docs', 'architecture.md');
const marks = ['<!-- files: made by scripts/map.js -->\n', '<!-- end of files -->\n'];

const LONGEST = 140;

/**
 * The first sentence of a file's opening comment, without the indented formula that may follow it; a long one to its
 * colon.
 */
export function firstSentence(text) {
  const comment = text.split('\n').slice(
    0,
    text.split('\n').findIndex((line) => !line.startsWith('//')),
  );
  const formula = comment.findIndex((line) => /^\/\/\s{2,}/.test(line));
  const words = (formula < 0 ? comment : comment.slice(0, formula)).map((line) => line.slice(2).trim()).join(' ');
  const ends = [...words.matchAll(/(?<!\b(?:al|eq|vol))(?<![\s.])[.?](?=\s|$)/g)];
  const sentence = ends.map(({ index }) => words.slice(0, index + 1)).find(isWhole) ?? words;
  if (sentence.length <= LONGEST) return sentence.replace(/[.:,]$/, '');
  const cut = [...sentence.matchAll(/[:;](?=\s)/g)].map(({ index }) => sentence.slice(0, index)).find(isWhole);
  return (cut ?? sentence).replace(/[.:,]$/, '');
}

/** No parenthesis is left open. */
const isWhole = (text) => text.split('(').length === text.split(')').length;

export function fileList() {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
  const folders = new Map();
  for (const file of files) {
    const folder = file.split('/').slice(0, -1).join('/');
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  const blocks = [...folders].map(([folder, members]) => {
    const rows = members.map((file) => {
      const sentence = firstSentence(readFileSync(join(root, 'src', file), 'utf8'));
      return `- \`${file.split('/').at(-1)}\`: ${sentence}`;
    });
    return `### src/${folder}\n${rows.join('\n')}\n`;
  });
  return blocks.join('\n');
}

export function withFileList(text) {
  const [before, rest] = text.split(marks[0]);
  const [, after] = rest.split(marks[1]);
  return `${before}${marks[0]}${fileList()}${marks[1]}${after}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(page, withFileList(readFileSync(page, 'utf8')));
}
