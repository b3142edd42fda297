// The completion scripts in the shells they are for: what the Tab key offers, and that the shell finds no mistake in
// them.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { models } from '../../src/train/settings.ts';
import { has, without } from '../requirements.ts';
import { runHere } from './run-w2v.ts';

const folder = mkdtempSync(join(tmpdir(), 'w2v-completion-'));
afterAll(() => rmSync(folder, { recursive: true }));
const script = (shell: string) => join(folder, `w2v.${shell}`);
beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout } = await runHere(['completion', shell]);
    expect(code).toBe(0);
    writeFileSync(script(shell), stdout);
  }
  mkdirSync(join(folder, 'room'));
  mkdirSync(join(folder, 'room/a folder'));
  writeFileSync(join(folder, 'room/my notes.txt'), '');
  writeFileSync(join(folder, 'room/moby.bin'), '');
});

function run(shell: string, args: readonly string[]): string[] {
  const output = execFileSync(shell, args, { cwd: join(folder, 'room'), encoding: 'utf8', timeout: 20_000 });
  return output.split('\n').filter((line) => line !== '');
}

/** What bash puts in the place of the end of `line`; `breaks`: the signs at which it cuts words, besides spaces. */
function inBash(line: string, breaks = ':='): string[] {
  const pieces = line.match(new RegExp(`[${breaks}]+|(?:\\\\.|[^\\s${breaks}])+`, 'g'))!;
  const words = line.endsWith(' ') ? [...pieces, ''] : pieces;
  const setUp = `COMP_LINE=$1 COMP_POINT=\${#1} COMP_CWORD=${words.length - 1} COMP_WORDBREAKS=$2`;
  const print = `[ -z "$COMPREPLY" ] || printf "%s\\n" "\${COMPREPLY[@]}"`;
  const code = `source "$0"; ${setUp}; shift 2; COMP_WORDS=("$@"); _w2v 2>/dev/null; ${print}`;
  return run('bash', ['-c', code, script('bash'), line, ` ${breaks}`, ...words]);
}

describe('in bash', () => {
  it.each([
    ['w2v tra', ['train']],
    ['w2v help tra', ['train']],
    ['w2v --no-color nea', ['nearest']],
    ['w2v train --epo', ['--epochs']],
    ['w2v nn --ind', ['--index']],
    ['w2v train notes.txt --model ', [...models]],
    ['w2v train --model=sk', ['skipgram']],
    ['w2v train --tokenizer ko', ['korean']],
    ['w2v train -- --epo', []],
    ['w2v corpus ', ['list', 'get']],
    ['w2v corpus get word', ['wordnet', 'wordnet-glosses', 'wordsim353']],
    ['w2v evaluate v.bin --pairs si', ['simlex999']],
    ['w2v evaluate v.bin --pairs=si', ['simlex999']],
    ['w2v evaluate v.bin --pairs wordsim353 si', ['simlex999']],
    ['w2v evaluate v.bin --analogies go', ['google-analogies']],
    ['w2v completion ', ['bash', 'zsh', 'fish']],
  ])('%s', (line, offered) => {
    expect(inBash(line)).toEqual(offered);
  });

  it('names of corpora have a colon, at which bash cuts words', () => {
    expect(inBash('w2v train corpus:mob')).toEqual(['moby-dick']);
    expect(inBash('w2v train corpus:')).toContain('moby-dick');
    expect(inBash('w2v train cor')).toContain('corpus:moby-dick');
    expect(inBash('w2v train corpus:mob', '=')).toEqual(['corpus:moby-dick']);
    expect(inBash('w2v train a.txt corpus:mob')).toEqual(['moby-dick']);
  });

  it('files beside known words are quoted, and where there are no such words left to bash', () => {
    expect(inBash('w2v train ')).toEqual(expect.arrayContaining(['corpus:mix', 'my\\ notes.txt', 'a\\ folder/']));
    expect(inBash('w2v train my')).toEqual([]);
    expect(inBash('w2v train my\\ notes.txt --mod')).toEqual(['--model']);
  });

  it('an option that takes a value is no operand, nor is its value', () => {
    expect(inBash('w2v convert --top 3 a')).toEqual([]);
    expect(inBash('w2v completion --no-color b')).toEqual(['bash']);
  });

  it('bash 3.2, the one of macOS, has no mapfile, and no associative arrays', async () => {
    const { stdout } = await runHere(['completion', 'bash']);
    expect(stdout).not.toMatch(/mapfile|readarray|declare -A|@Q\}|\$\{\w+\^|\[-1\]/);
  });
});

const zsh = has('zsh --version');
it.skipIf(!zsh)(`zsh reads its script${without(zsh, 'zsh')}`, () => {
  expect(run('zsh', ['-n', script('zsh')])).toEqual([]);
});

it.skipIf(!zsh)(`in zsh the function of a command gets specifications that it accepts${without(zsh, 'zsh')}`, () => {
  // Outside a terminal _arguments cannot run: this one prints what it is given.
  const code = `compdef() {}; _arguments() { print -rl -- "$@" }; source ${script('zsh')}; _w2v_train`;
  const specs = run('zsh', ['-f', '-c', code]);
  expect(specs).toContain('--dim=[vector dimensions]:n: ');
  expect(specs).toContain(
    '--model=[skipgram\\: a word predicts its context words]:name: _w2v_values none skipgram cbow',
  );
  expect(specs.at(-1)).toMatch(/^\*:corpus: _w2v_values files corpus\\:factbook .*corpus\\:mix/);
});

const fish = has('fish --version');
describe.skipIf(!fish)(`in fish${without(fish, 'fish')}`, () => {
  it.each([
    ['w2v tra', ['train']],
    ['w2v train --epo', ['--epochs']],
    ['w2v nn --ind', ['--index']],
    ['w2v train notes.txt --model ', ['cbow', 'skipgram']],
    ['w2v train corpus:mob', ['corpus:moby-dick']],
    ['w2v corpus get word', ['wordnet', 'wordnet-glosses', 'wordsim353']],
    ['w2v evaluate v.bin --pairs wordsim353 si', ['simlex999']],
    ['w2v train my', ['my notes.txt']],
    ['w2v train a --checkpoint ', ['a folder/']],
    ['w2v train -- --epo', []],
  ])('%s', (line, offered) => {
    const found = run('fish', ['--no-config', '-c', `source ${script('fish')}; complete -C '${line}'`]);
    expect(found.map((each) => each.split('\t')[0])).toEqual(offered);
  });
});

it('another shell is refused', async () => {
  const { code, stderr } = await runHere(['completion', 'tcsh']);
  expect(code).toBe(2);
  expect(stderr).toContain('shell tcsh: expected bash, zsh or fish');
});

it('every command and every long option of the help is in each script', async () => {
  const page = (await runHere(['help', 'compare', '--all'])).stdout;
  const flags = [...page.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map(([, flag]) => flag!);
  expect(flags.length).toBeGreaterThan(20);
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await runHere(['completion', shell]);
    for (const flag of flags) expect(stdout).toMatch(new RegExp(`(--|-l )${flag}\\b`));
  }
});
