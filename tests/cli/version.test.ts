import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { versionShown } from '../../src/cli/version.ts';

it('--version is one line for programs; a terminal is also told where the citation lies', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const stream = { write: () => true };
  expect(await versionShown(stream)).toBe(version);
  const [first, second, ...rest] = (await versionShown({ ...stream, isTTY: true })).split('\n');
  expect([first, rest]).toEqual([version, []]);
  expect(readFileSync(second.replace('To cite w2v: ', ''), 'utf8')).toContain(`\nversion: ${version}\n`);
});
