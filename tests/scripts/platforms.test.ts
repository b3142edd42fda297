// The journey of `npm run test:platforms`: that it leaves nothing out, and how outputs are compared. Taking it needs
// other systems, and minutes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: the scripts are plain JavaScript
import * as steps from '../../scripts/platforms/journey.js';
// @ts-expect-error: the scripts are plain JavaScript
import { wordsOf } from '../../scripts/platforms/systems.js';
// @ts-expect-error: the scripts are plain JavaScript
import { chosen, sha256, table } from '../../scripts/platforms.js';
import { createProgram } from '../../src/cli/program.ts';
import { writtenFormats } from '../../src/formats/formats.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

const { path, file } = temporaryFolder();
const journey: { name: string; commands: string[]; same: string[] }[] = steps.journey;

describe('the journey', () => {
  it('has every command, but those that fetch something large', async () => {
    const stream = Object.assign(new PassThrough(), { isTTY: false, columns: 80 });
    const streams = { stdin: stream, stdout: stream, stderr: stream };
    const context = { ...streams, environment: {}, noColor: true, signal: new AbortController().signal };
    const { commands } = await createProgram([], context);
    const taken = new Set(journey.flatMap((step) => step.commands.map((line) => line.split(' ')[0])));
    const left = commands.map((command) => command.name()).filter((name) => !taken.has(name));
    expect(left).toEqual(['thesaurus', 'setup']);
  });

  it('has every format, there and back', () => {
    const names = [...Object.keys(steps.formats), 'fasttext'];
    expect(names.sort()).toEqual(writtenFormats.map(({ name }) => name).sort());
  });

  it('has a name for each step, and writes no file twice', () => {
    const names = journey.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const outputs = journey.flatMap((step) => step.commands.flatMap((line) => /(?<= -o )\S+/.exec(line) ?? []));
    expect(new Set(outputs).size).toBe(outputs.length);
  });
});

describe('bytes are compared', () => {
  it('of what a .gz holds, and of pages without their time and their packing', () => {
    file('1.gz', gzipSync('text', { level: 1 }));
    file('9.gz', gzipSync('text', { level: 9 }));
    expect(sha256(path('1.gz'))).toBe(sha256(path('9.gz')));
    const page = (name: string, level: number, time: string, words = 'words') => {
      const packed = gzipSync(words.repeat(50), { level }).toString('base64');
      return file(name, `<script type="application/octet-stream" id="w">${packed}</script><p>Made ${time} UTC`);
    };
    const here = sha256(page('1.html', 1, '2026-12-03 13:03'));
    expect(sha256(page('9.html', 9, '2027-01-01 00:00'))).toBe(here);
    expect(sha256(page('other.html', 9, '2027-01-01 00:00', 'other'))).not.toBe(here);
  });

  it('of folders with the names of their files; what is not there has none', () => {
    expect(sha256(path('none'))).toBe('not there');
    const folder = (name: string, inside: string) => {
      mkdirSync(path(name));
      writeFileSync(path(`${name}/${inside}`), 'text');
      return sha256(path(name));
    };
    expect(folder('one', 'a')).toBe(folder('two', 'a'));
    expect(folder('three', 'b')).not.toBe(sha256(path('one')));
  });
});

it('platforms are chosen by the beginning of their names, after this Node', () => {
  const names = (...given: string[]) => chosen(given).map(({ name }: { name: string }) => name);
  expect(names('windows', 'arm64')).toEqual(['linux-this', 'windows-22', 'arm64-24']);
  expect(names().length).toBe(7);
  expect(() => chosen(['solaris'])).toThrow('no platform solaris, expected one of linux-this, linux-20');
});

it('the table is one of Markdown', () => {
  const result = { title: 'Linux', passed: 60, steps: 61, same: 64, compared: 64, seconds: 12.3 };
  expect(table([result])).toBe(
    '| platform | steps passed | same bytes | seconds |\n' +
      '|----------|--------------|------------|---------|\n' +
      '| Linux    | 60 of 61     | 64 of 64   | 12      |',
  );
});

it('words in single quotes may have spaces', () => {
  expect(wordsOf("predict v.bin --context 'the ? of' --tsv")).toEqual([
    'predict',
    'v.bin',
    '--context',
    'the ? of',
    '--tsv',
  ]);
});
