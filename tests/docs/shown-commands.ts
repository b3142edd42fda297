// The commands that a page shows, `$ ...` in its blocks of code, with the output shown below each.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface ShownCommand {
  command: string;
  shown: string[];
}

/** The blocks of code of a page, such as `docs/tutorial.md`. */
export function blocksOf(page: string): { language: string; text: string }[] {
  const text = readFileSync(join(root, page), 'utf8');
  const blocks = text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm);
  return [...blocks].map(([, language, content]) => ({ language: language!, text: content! }));
}

export function commandsOf(page: string): ShownCommand[] {
  const blocks = blocksOf(page).filter(({ text }) => text.startsWith('$ '));
  return blocks.flatMap(({ text }) => {
    const parts = text.split(/^\$ /m).slice(1);
    return parts.map((part) => {
      const [command, ...shown] = part.trimEnd().split('\n');
      return { command: command!, shown };
    });
  });
}

/** A line without what differs from run to run: times and speeds. */
function steady(line: string): string {
  return line
    .trimEnd()
    .replace(/\b[\d.]+ s\b/g, 'some time')
    .replace(/[\d,]+ words\/s/, 'some words/s');
}

/** The lines of `shown` that `output` does not have, or not in this order. `...` stands for lines left out. */
export function missingLines(shown: readonly string[], output: string): string[] {
  const lines = output.split('\n').map(steady);
  let at = 0;
  return shown.filter((line) => {
    if (line === '...') return false;
    const found = lines.indexOf(steady(line), at);
    if (found >= 0) at = found + 1;
    return found < 0;
  });
}
