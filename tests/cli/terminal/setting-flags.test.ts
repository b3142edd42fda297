import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withFlags } from '../../../src/cli/terminal/setting-flags.ts';

it.each([
  ['lower it ({ minCount: 1 }), or give more text', 'lower it (--min-count 1), or give more text'],
  ['keep fewer words ({ minCount, maxVocab })', 'keep fewer words (--min-count, --max-vocab)'],
  ['choose another name, or replace it with { force: true }', 'choose another name, or replace it with --force'],
  ['a lower rate: { learningRate: 1.25e-7 }', 'a lower rate: --lr 1.25e-7'],
  ["give { engine: 'wasm' } or { memory: 4000000 }", 'give --engine wasm or --memory 4MB'],
  ['no setting: {}, {a}, { "a": 1 }', 'no setting: {}, {a}, { "a": 1 }'],
])('%s', (hint, expected) => expect(withFlags(hint)).toBe(expected));

describe('hints below src/cli', () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const files = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' }).filter(
    // The server is w2v serve's alone: its refusals are read in a browser. Wrong kinds of values are a program's alone.
    (file) =>
      file.endsWith('.ts') &&
      !/^(base\/check\.ts|train\/training-advice\.ts|(cli|report|fetch|serve|explain\/strings)\/)/.test(file),
  );
  const help = readFileSync(`${root}docs/cli.md`, 'utf8');
  const options = new Set(Array.from(help.matchAll(/--[a-z][a-z-]+/g), ([flag]) => flag));
  const strings = files.flatMap((file) => {
    const text = readFileSync(`${root}src/${file}`, 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');
    return Array.from(text.matchAll(/'[^'\n]*'|"[^"\n]*"|`[^`]*`/g), ([literal]) => ({ file, literal }));
  });

  it('name settings that are options of the command line', () => {
    const named = strings.flatMap(({ file, literal }) => {
      if (literal.includes(';') || !/[a-z] \(?\{ /.test(literal)) return []; // code, no prose
      const text = literal.replace(/\$\{[^{}]*\}/g, '1');
      const shown = withFlags(text);
      return shown === text ? [] : Array.from(shown.matchAll(/--[a-z-]+/g), ([flag]) => ({ file, flag }));
    });
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(({ flag }) => !options.has(flag))).toEqual([]);
  });

  it('name no option: a program has none', () => {
    const flags = strings.filter(({ literal }) =>
      Array.from(
        literal.replace(/w2v [a-z]+( [A-Z]+| --?[a-z]+)*/g, '').matchAll(/(?<=^|[ ('"`])--[a-z][a-z-]+/g),
      ).some(([flag]) => options.has(flag)),
    );
    expect(flags).toEqual([]);
  });
});
