import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { MOST_LINES, openHistory } from '../../../src/cli/terminal/history.ts';
import { temporaryFolder } from '../../formats/temporary-folder.ts';

const { file } = temporaryFolder();
const folder = path.dirname(file('any', ''));
const permissions = (name: string) => statSync(name).mode & 0o777;

it('keeps lines for the next time, the latest first, for the user alone', async () => {
  const name = path.join(folder, 'new', 'history', 'nearest');
  const history = await openHistory(name);
  expect(history.lines).toEqual([]);
  for (const line of ['king', 'queen', 'queen', 'king - man']) await history.add(line);
  expect((await openHistory(name)).lines).toEqual(['king - man', 'queen', 'king']);
  expect([permissions(name), permissions(path.dirname(name))]).toEqual([0o600, 0o700]);
});

it('takes permissions back that a file has for others', async () => {
  const name = file('open', 'king\n');
  chmodSync(name, 0o644);
  expect((await openHistory(name)).lines).toEqual(['king']);
  expect(permissions(name)).toBe(0o600);
});

it('keeps no line that a terminal would obey, and no endless one', async () => {
  const name = file('hostile', 'a\u001b[2Jb\nking\n');
  const history = await openHistory(name);
  expect(history.lines).toEqual(['king']);
  await history.add('\u001b[2J');
  await history.add('x'.repeat(5000));
  expect(readFileSync(name, 'utf8')).toBe('a\u001b[2Jb\nking\n');
});

it('is shortened where it has grown long', async () => {
  const name = file('long', Array.from({ length: 2 * MOST_LINES + 1 }, (_, at) => `w${at}\n`).join(''));
  expect((await openHistory(name)).lines).toHaveLength(MOST_LINES);
  expect(readFileSync(name, 'utf8').split('\n')).toHaveLength(MOST_LINES + 1);
});

it.each(['a folder that cannot be made', 'a folder', 'a link'])('goes on without it: %s', async (what) => {
  const name = what === 'a folder that cannot be made' ? '/dev/null/none/nearest' : path.join(folder, what);
  if (what === 'a folder') mkdirSync(name);
  const aim = path.join(folder, 'aim');
  writeFileSync(aim, 'king\n');
  if (what === 'a link') symlinkSync(aim, name);
  const history = await openHistory(name);
  expect(history.lines).toEqual([]);
  await history.add('queen');
  expect(readFileSync(aim, 'utf8')).toBe('king\n');
});
