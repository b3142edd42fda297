// The help of every command: it fits 80 columns, and its examples are command lines that the command understands.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkOperands, translateSpellings } from '../../src/cli/options/spellings.ts';
import { firstSteps } from '../../src/cli/overview.ts';
import { createProgram } from '../../src/cli/program.ts';
import { runHere } from './run-w2v.ts';

const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
const commands = [...page.matchAll(/^## w2v (\w+)$/gm)].map(([, name]) => name!);
const context = {
  stdin: Object.assign(process.stdin),
  stdout: process.stdout,
  stderr: process.stderr,
  environment: {},
  noColor: true,
  signal: new AbortController().signal,
};

it('w2v alone fits 80 columns', () => {
  for (const line of firstSteps.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

describe.each(['', ...commands, 'corpus list', 'corpus get'])('w2v %s --help', (command) => {
  const help = async () => {
    const args = [...command.split(' ').filter(Boolean), '--help'];
    return (await runHere(args, { columns: 80 })).stdout.split('\n');
  };

  it('fits 80 columns', async () => {
    // The overview ends with the folder of the documentation, as long as that is.
    const wide = (await help()).filter((line) => line.length > 80 && !line.startsWith('Documentation: '));
    expect(wide).toEqual([]);
  });

  if (command.includes(' ')) return; // the examples of `corpus` are those of its parts

  it('has examples that parse', async () => {
    const lines = command === '' ? firstSteps.split('\n') : await help();
    // A comment stands behind two spaces or more, or on a line of its own; a pipe or a redirection ends the command.
    const examples = lines
      .map((line) => /^ {2}(?:.*\| |\w+=\S+ )?w2v (.+?)(?: {2,}.*| [|>] .*)?$/.exec(line)?.[1])
      .filter((example) => example !== undefined);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      const words = [...example.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
      const program = await createProgram(words, context);
      const named = program.commands.find((one) => one.name() === words[0])!;
      let parsed: string | undefined;
      for (const one of [named, ...named.commands]) {
        if (one.commands.length === 0) {
          one.action(() => {
            parsed = one.name();
          });
        }
      }
      const translated = translateSpellings(words, named);
      checkOperands(translated, named);
      await program.parseAsync(translated, { from: 'user' });
      expect(parsed, example).toBeDefined();
    }
  });
});
