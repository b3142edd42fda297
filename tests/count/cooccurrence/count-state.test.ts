// States of a counting whose hash is right and whose content is wrong: none is trusted.
import { expect, it } from 'vitest';
import { formatState, parseState, type State } from '../../../src/count/cooccurrence/count-state.ts';

const state: State = {
  ...{ format: 1, sequence: 2, position: 1000, bytes: 30, identity: { entries: 2000, window: 4, rows: '0 10 20' } },
  runs: [
    [
      [0, 10],
      [10, 5],
    ],
    [[], [15, 15]],
  ],
  parts: [
    { end: 15, sha256: 'a' },
    { end: 30, sha256: 'b' },
  ],
};

it('is read as it was written', () => {
  expect(parseState(formatState(state))).toEqual(state);
  expect(parseState(formatState({ ...state, position: 0, runs: [], parts: [], bytes: 0 }))).toMatchObject({ runs: [] });
});

it('of another format is left to the one who says so', () => {
  expect(parseState(formatState({ format: 2 } as State))).toEqual({ format: 2 });
});

const natural = 'a whole number, 0 or more';
it.each<[string, unknown, string]>([
  ['position', 1000.5, `"position" is not ${natural}`],
  ['position', '1', `"position" is not ${natural}`],
  ['position', -1, `"position" is not ${natural}`],
  ['position', 2001, '2001 of 2000 entries are counted'],
  ['runs', null, '"runs" is not a list'],
  ['runs', 'xx', '"runs" is not a list'],
  ['runs', [[{}]], '"runs.0.0" is not a list of offsets and lengths'],
  ['runs', [[[1], []]], '"runs.0.0" is not a list of offsets and lengths'],
  ['runs', [[[0, 10]]], '"runs" have other parts than the 2 of its rows'],
  ['runs', [[[0, 31], []]], '"runs" end after 30 bytes'],
  ['identity', undefined, '"identity" is missing, expected an object'],
  ['parts', [{ end: 30 }], '"parts.0.sha256" is missing, expected text'],
  ['parts', [{ end: 29, sha256: 'a' }], '"parts" end at 29, expected 30'],
  ['format', null, '"format" is not a number'],
])('%s = %j', (name, value, why) => {
  expect(parseState(formatState({ ...state, [name]: value }))).toBe(`it is wrong: ${why}`);
});

it('that is no object, no JSON, or of another hash', () => {
  expect(parseState(formatState(null as unknown as State))).toBe('it is wrong: expected an object');
  expect(parseState(formatState(state).replace('1000', '1001'))).toBe('it is damaged');
  expect(parseState('')).toBe('it is damaged');
});
