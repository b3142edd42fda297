// Spark's connection string: what it may say, and that no message has its token.
import { describe, expect, it } from 'vitest';
import { parseRemote } from '../../src/cluster/remote.ts';

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
  ])('refuses %s', (text, message) => {
    expect(() => parseRemote(text, 'me')).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) }),
    );
  });

  it('says nothing of the token', () => {
    for (const text of ['spark/;token=secret', 'sc://a b/;token=secret', 'sc://h/;token=secret;use_ssl=false']) {
      expect(() => parseRemote(text, 'me')).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining('secret') }),
      );
    }
  });
});
