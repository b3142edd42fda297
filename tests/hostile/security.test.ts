// Words and names that are commands, markup or escapes (rows X01 to X06). Foreign code and settings:
// tests/setup/foreign-settings.slow.test.ts; the lock of npm start: tests/scripts/bootstrap.slow.test.ts.
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { floats, safetensors } from './damaged-files.ts';
import { has, quick, Room, without } from './w2v.ts';

const evil = [
  '</script><script>alert(1)</script>',
  '<img/src=x/onerror=alert(1)>',
  '`|[x](javascript:y)',
  '\x1b]52;c;aGk=\x07',
];
const words = [...evil, 'king', 'queen'];
const matrix = (turn: number) => floats(...words.flatMap((_, at) => [Math.cos(at + turn), Math.sin(2 * at), 1]));
const header = {
  __metadata__: { words: JSON.stringify(words) },
  embeddings: { dtype: 'F32', shape: [words.length, 3], data_offsets: [0, 12 * words.length] },
};
const [first, second] = ['<svg onload=alert(1)>.safetensors', 'b`|[x](y)\x1b[31m.safetensors'] as const;
const set = '<b>pairs.tsv';
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

describe('hostile words and names', () => {
  const room = new Room({
    [first]: safetensors(header, matrix(0)),
    [second]: safetensors(header, matrix(1)),
    [set]: 'king\tqueen\t5\nqueen\t<img/src=x/onerror=alert(1)>\t3\nking\t<img/src=x/onerror=alert(1)>\t1\n',
  });
  const files = `${quoted(first)} ${quoted(second)}`;
  const compare = `w2v compare ${files} --thesaurus none --pairs ${quoted(set)} --words ${words.map(quoted).join(' ')}`;

  it('X01: into the report', async () => {
    const { made } = await room.expect(`${compare} --report r.html --quiet --json`, {
      exit: 0,
      makes: ['r.html'],
      keeps: true,
    });
    expect(made).toEqual(['r.html']);
    const page = room.read('r.html');
    for (const name of [...evil.slice(0, 2), first, '<b>pairs']) expect(page).not.toContain(name);
    expect(page).not.toMatch(/[^\P{Cc}\n\t]/u);
    expect(page).toContain(String.raw`\x1b]52;c;`);
    room.remove('r.html');
  });
  it('X02: into Markdown', async () => {
    const { stdout } = await room.expect(`${compare} --markdown`, { exit: 0 });
    // Nothing opens an element, and no word ends a cell or becomes a link.
    expect(stdout).not.toMatch(/(?<!\\)<[/a-z!]/i);
    expect(stdout).not.toMatch(/(?<!\\)\[x\]\(/);
    expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
    const tables = stdout.split('\n').filter((line) => line.startsWith('|'));
    expect(tables.length).toBeGreaterThan(5);
  });
  it('X03: into JSON', async () => {
    const { stdout } = await room.expect(`${compare} --json`, { exit: 0 });
    expect(JSON.stringify(JSON.parse(stdout))).toContain(JSON.stringify(evil[0]).slice(1, -1));
  });
  const noScript = !has('script -qec true /dev/null');
  it.skipIf(noScript)(`X04, X05: on the terminal${without(!noScript, 'script')}`, async () => {
    for (const command of [
      `w2v nearest ${quoted(first)} king -k 30 --quiet`,
      `w2v evaluate ${files} --pairs ${quoted(set)} --quiet`,
      `${compare} --quiet`,
    ]) {
      writeFileSync(room.path('run.sh'), `NO_COLOR=1 ${command}\n`);
      const { stdout, code } = await room.run('script -qec "bash run.sh" /dev/null');
      expect([code, stdout.replaceAll('\r\n', '\n')]).toEqual([0, expect.stringMatching(/^[\P{Cc}\n]*$/u)]);
      expect(stdout).toContain(String.raw`\x1b`);
    }
    room.remove('run.sh');
  });
  it.each([
    ['a file that is not there', String.raw`w2v info $'no\x1b]0;t\x07.bin'`],
    ['a command', String.raw`w2v $'\x1b]0;t\x07'`],
    ['an option', String.raw`w2v info --$'\x1b]0;t\x07'`],
    ['a corpus', String.raw`w2v vocab $'corpus:\x1b]0;t\x07'`],
    ['a test set', String.raw`w2v evaluate ${quoted(first)} --pairs $'\x1b]0;t\x07'`],
  ])('S4: an escape in the name of %s', async (_what, command) => {
    await room.expect(command, { exit: [2, 3], says: String.raw`\x1b]0;t\x07` });
  });
});

describe('the command to try', () => {
  const touch = 'touch$' + '{IFS}pwned'; // spaces would part the words
  it.each([
    [`$(${touch})`, 'train'],
    [`\`${touch}\``, 'train'],
    [`;${touch};`, 'count'],
    [`'$(${touch})'`, 'count'],
    ['--output=pwned', 'count', 'b'], // a word that no option can be taken for
  ])('X06: the most frequent word is %s, w2v %s', async (word, command, tried = word) => {
    const room = new Room({ 'shell.txt': `${word} b c ${word} d ${word}\n`.repeat(50) });
    const make =
      command === 'train'
        ? `w2v train shell.txt -o s.bin --tokenizer whitespace ${quick}`
        : 'w2v count shell.txt -o s.bin --tokenizer whitespace --dim 2 --min-count 1';
    const makes = ['s.bin', 's.bin.json'];
    const { stderr } = await room.expect(make, { exit: 0, makes, keeps: true });
    const [, asked] = /Try: (w2v nearest .*)$/m.exec(stderr)!;
    const { stdout } = await room.expect(asked!, { exit: 0 });
    expect(stdout.split('\n')[0]).toBe(tried);
  });
});
