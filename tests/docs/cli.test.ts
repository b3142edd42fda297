import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: the scripts are plain JavaScript
import { manFile } from '../../scripts/build-man-page.js';
// @ts-expect-error: the scripts are plain JavaScript
import { page } from '../../scripts/cli-docs.js';
import { exitCodes } from '../../src/cli/terminal/report-error.ts';
import { has, without } from '../requirements.ts';

it('docs/cli.md has a row for every exit code', () => {
  const rows = [...readFileSync(page, 'utf8').matchAll(/^\| ([\d, ]+) \|/gm)].flatMap(([, codes]) =>
    codes!.split(', '),
  );
  for (const code of Object.values(exitCodes)) expect(rows).toContain(String(code));
});

describe('the manual page', () => {
  const source = () => gunzipSync(readFileSync(manFile)).toString();

  it('has every command, every option and every exit code', () => {
    const text = source().replaceAll('\\-', '-');
    const help = readFileSync(page, 'utf8');
    const commands = [...help.matchAll(/^## (w2v \w+)$/gm)].map(([, name]) => name!);
    expect(commands.length).toBeGreaterThan(20);
    for (const name of commands) expect(text).toMatch(new RegExp(`^\\.SS ${name}\\b`, 'm'));
    const flags = [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+|-k)/gm)].map(([, flag]) => flag!);
    expect(flags.length).toBeGreaterThan(200);
    for (const flag of flags) expect(text).toMatch(new RegExp(`^\\\\fB(-\\w, )?${flag}\\b`, 'm'));
    for (const code of Object.values(exitCodes)) expect(text).toMatch(new RegExp(`^\\\\fB(\\d+, )*${code}\\b`, 'm'));
  });

  it('has no macro by accident, nothing but ASCII, and less than 70 kB', () => {
    const text = source();
    const macros = new Set(text.split('\n').flatMap((line) => /^[.'](\S*)/.exec(line)?.[1] ?? []));
    expect([...macros].sort()).toEqual(['B', 'I', 'IP', 'PP', 'RI', 'SH', 'SS', 'TH', 'TP', '\\"', 'fi', 'nf']);
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text.length).toBeLessThan(70_000);
  });

  const groff = has('groff --version');
  it.skipIf(!groff)(`groff has nothing to say against it${without(groff, 'groff')}`, () => {
    const said = execFileSync('bash', ['-c', `gunzip -c '${manFile}' | groff -man -Tutf8 -ww 2>&1 >/dev/null`], {
      encoding: 'utf8',
    });
    expect(said).toBe('');
  });

  it.skipIf(!groff)(`fits into 80 columns${without(groff, 'groff')}`, () => {
    const typeset = `gunzip -c '${manFile}' | groff -man -Tascii -rLL=78n -P-cbou`;
    const shown = execFileSync('bash', ['-c', typeset], { encoding: 'utf8' });
    expect(shown).toContain('--analogies questions.txt');
    expect(shown.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
