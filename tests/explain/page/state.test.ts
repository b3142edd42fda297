import { describe, expect, it } from 'vitest';
import { lessonDefaults } from '../../../src/explain/lesson.ts';
import { firstBenches, hashOf, type LessonState, settingFrom, stateFrom } from '../../../src/explain/page/state.ts';

const { text, ...settings } = lessonDefaults;
const made: LessonState = { language: 'en', text, settings, edits: {}, benches: firstBenches() };

describe('the state in the hash', () => {
  it('is empty where nothing was changed', () => {
    expect(hashOf(made, made)).toBe('');
    expect(stateFrom('', made)).toEqual(made);
  });

  it('comes back as it went, whatever the text', () => {
    const state: LessonState = {
      language: 'ko',
      text: '#a&b=c%20d+e </script> 👍 e\u0301 שלום\nsecond line',
      settings: { window: 2, dimensions: 5, seed: 9_007_199_254_740_991, learningRate: 0.025, as: 'word2vec' },
      edits: { 'W_in 0 2': -0.5, 'layers W1 1 1': 1e-7, 'sampling W_out 12 0': 3 },
      benches: {
        ...firstBenches(),
        graph: { walk: 'layers', place: { epoch: 3, pair: 0, operation: 2 } },
        predict: { walk: 'skipgram', place: { epoch: 0, pair: 0, operation: 0 } },
      },
    };
    const hash = hashOf(state, made);
    expect(hash).not.toMatch(/[<>"\s]/);
    expect(stateFrom(`#${hash}`, made)).toEqual(state);
  });

  it.each([
    'window=0&dimensions=1000&seed=-1&learningRate=0&as=gensim&lang=xx',
    'window=1.5&dimensions=&seed=abc&learningRate=Infinity',
    'w=W_in.0.2:abc,W_in.0:1,:,W_in.0.2,W_in.0.0:1e300,W_in.0.0:,evil key.1.1:2,__proto__:1',
    'graph=cbow.0.0.0&predict=cbow.1.2&sampling=sampling.-1.0.0',
    '%E0%A4%A',
    'main',
  ])('passes over what it cannot take: %s', (hash) => {
    const { text: read, ...others } = stateFrom(`#${hash}`, made);
    const { text: _text, ...expected } = made;
    expect(others).toEqual(expected);
    expect(read).toBe(text);
  });
});

it.each([
  ['window', '3', 3],
  ['window', ' 3 ', 3],
  ['window', '11', undefined],
  ['window', '1e0', 1],
  ['seed', '0', 0],
  ['seed', '1.5', undefined],
  ['learningRate', '0', undefined],
  ['learningRate', '0.001', 0.001],
  ['learningRate', '', undefined],
] as const)('a setting: %s %j is %j', (name, given, wanted) => expect(settingFrom(name, given)).toBe(wanted));
