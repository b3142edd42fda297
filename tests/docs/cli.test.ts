import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error: the scripts are plain JavaScript
import { cliPage, page } from '../../scripts/cli-docs.js';
import { exitCodes } from '../../src/cli/exit-codes.ts';

it('docs/cli.md is the help of the commands (else run node scripts/cli-docs.js)', () => {
  expect(readFileSync(page, 'utf8')).toBe(cliPage());
});

it('and has a row for every exit code', () => {
  const rows = [...readFileSync(page, 'utf8').matchAll(/^\| ([\d, ]+) \|/gm)].flatMap(([, codes]) =>
    codes!.split(', '),
  );
  for (const code of Object.values(exitCodes)) expect(rows).toContain(String(code));
});
