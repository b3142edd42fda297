// Spark's connection string: what it may say, and that no message has its token.
import { describe, expect, it } from 'vitest';
import { resumeCommand } from '../../src/cli/checkpoints.ts';
import { parseRemote } from '../../src/cluster/remote.ts';
import { runHere } from '../cli/run-w2v.ts';

const parsed = (text: string) => {
  const { sessionId: _, ...remote } = parseRemote(text, 'me');
  return remote;
};

describe('parseRemote', () => {
  it('takes a host alone, and a port', () => {
    expect(parsed('sc://spark')).toEqual({
      ...{ address: 'sc://spark:15002', url: 'http://spark:15002', user: 'me', headers: {} },
    });
    expect(parsed('sc://[::1]:7/').url).toBe('http://[::1]:7');
  });

  it('a token turns encryption on and becomes a header', () => {
    expect(parsed('sc://spark:443/;token=a%3Bb;user_id=she;x-team=nlp')).toEqual({
      ...{ address: 'sc://spark:443', url: 'https://spark:443', user: 'she' },
      headers: { authorization: 'Bearer a;b', 'x-team': 'nlp' },
    });
    expect(parsed('sc://localhost:1/;token=t;use_ssl=false').url).toBe('http://localhost:1');
  });

  it('keeps a session that is named, and makes one otherwise', () => {
    const id = '00112233-4455-6677-8899-aabbccddeeff';
    expect(parseRemote(`sc://h/;session_id=${id}`, 'me').sessionId).toBe(id);
    expect(parseRemote('sc://h', 'me').sessionId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['spark:15002', /spark:15002 is not the address/],
    ['http://spark', /is not the address/],
    ['sc://', /is not the address/],
    ['sc://spark:99999', /is not the address/],
    ['sc://spark:0', /is not the address/],
    ['sc://spark/;token', /has a parameter that is not key=value/],
    ['sc://spark/;=x', /has a parameter that/],
    ['sc://spark/;token=%zz', /parameter token/],
    ['sc://spark/;use_ssl=yes', /use_ssl is yes, expected true or false/],
    ['sc://spark/;session_id=1', /is not a UUID/],
    ['sc://spark/;token=secret;use_ssl=false', /without encryption/],
    ['sc://127.999.0.1:1', /is not the address/],
    ['sc://a%zz', /is not the address/],
    ['sc://secret@127.0.0.1:1', /^sc:\/\/127\.0\.0\.1:1 is not the address/],
    ['sc://h?secret', /^sc:\/\/h is not the address/],
    ['sc://h/;token=secret%0d%0aX:1', /the parameter token that is not key=value in printable ASCII/],
    ['sc://h/;x-team=secr%C3%A9t', /the parameter x-team that/],
    ['sc://h/;user_id=a%00b', /the parameter user_id that/],
  ])('refuses %s', (text, message) => {
    expect(() => parseRemote(text, 'me')).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) }),
    );
  });

  it('says nothing of the token', () => {
    const malformed = ['sc://h;token=secret', 'sc://h:1?token=secret', 'sc://me:secret@h', 'sc://h/;token=secret%'];
    malformed.push('sc://secret@h', 'sc://secret@h:1/', 'sc://h?secret', 'sc://h/;token=secret%0a');
    for (const text of [
      ...['spark/;token=secret', 'sc://a b/;token=secret', 'sc://h/;token=secret;use_ssl=false', ...malformed],
    ]) {
      expect(() => parseRemote(text, 'me')).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining('secret') }),
      );
    }
  });
});

describe('an address with a token is shown without it', () => {
  it.each([
    [['train', '/t', '--on', 'sc://h:1/;token=secret;use_ssl=false'], 'w2v train /t --on sc://h:1 --resume c'],
    [['train', '/t', '--on=sc://h/;token=secret', '--', 'a'], 'w2v train /t --on=sc://h --resume c -- a'],
    [['train', '/t', '--on', '--shards', '2'], 'w2v train /t --on --shards 2 --resume c'],
  ])('in the command that resumes %j', (words, command) => {
    expect(resumeCommand(words, 'c')).toBe(command);
  });

  it('by --print-config', async () => {
    const { stdout } = await runHere(['vocab', '/t', '--on', 'sc://h:1/;token=secret', '--print-config']);
    expect(JSON.parse(stdout).options.on).toEqual({ value: 'sc://h:1', from: 'flag' });
  });
});

it.each([
  ['sc://h;token=secret', /^error: sc:\/\/h is not the address.*\nhint: parameters follow \/;/],
  [undefined, /^error: SPARK_REMOTE: foo is not the address of a Spark server\n/],
])('the error of %s says what to correct', async (address, message) => {
  const line = ['vocab', '/t', '--on', ...(address === undefined ? [] : [address])];
  const run = await runHere(line, { environment: { SPARK_REMOTE: 'foo' } });
  expect(run).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
});

it.each(['small.txt', '-', 'corpus:mix'])('the corpus %s is refused before anything is opened', async (corpus) => {
  expect(await runHere(['vocab', corpus, '--on', 'sc://127.0.0.1:1'])).toMatchObject({ code: 2 });
});
