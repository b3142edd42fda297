// README, docs/languages.md and docs/tutorial.ko.md: every command runs, in order, in one folder a page, and the output
// shown is real. A `...` stands for lines left out; times and speeds may differ.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openShell } from './command-shell.ts';
import { commandsOf, missingLines } from './shown-commands.ts';

const pages = [
  { page: 'README.md', texts: ['moby-dick'] },
  { page: 'README.ko.md', texts: ['typescript-korean'] },
  {
    page: 'docs/languages.md',
    texts: ['typescript-korean', 'typescript-japanese', 'typescript-chinese', 'korean-constitution'],
  },
  { page: 'docs/tutorial.ko.md', texts: ['typescript-korean'] },
];

describe.each(pages)('$page', ({ page, texts }) => {
  const shell = openShell('pages', texts);
  // What README shows is of the engine that everybody has.
  if (page.startsWith('README'))
    writeFileSync(join(shell.folder, 'w2v.config.json'), '{ "train": { "engine": "wasm" } }');
  afterAll(() => rmSync(shell.folder, { recursive: true, force: true }));
  const commands = commandsOf(page);

  it('fetches every text that it names', () => {
    const named = commands.flatMap(({ command }) => command.match(/(?<=corpus:)[\w-]+/g) ?? []);
    expect(new Set(named)).toEqual(new Set(texts));
  });

  // In the cache of whoever runs the tests, or from npm and pip.
  const hasTexts = texts.every((text) => shell.run(`w2v corpus get ${text}`).status === 0);

  describe.skipIf(!hasTexts)('the page', () => {
    it.each(commands)('$command', ({ command, shown }) => {
      const { output, status } = shell.run(command);
      if (shown[0]?.startsWith('error:')) expect(status, output).toBeGreaterThan(0);
      else expect(status, output).toBe(0);
      expect(missingLines(shown, output), output).toEqual([]);
    });
  });
});
