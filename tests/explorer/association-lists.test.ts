import { describe, expect, it } from 'vitest';
import { namesOfLists, testOf } from '../../src/explorer/association-lists.ts';
import { associationSets } from '../../src/explorer/association-sets.ts';
import { associationSvg } from '../../src/explorer/association-svg.ts';
import { wordsIn } from '../../src/explorer/formulas.ts';

describe('the tests of the paper', () => {
  it('have lists of equal length, and no word in two of them', () => {
    for (const { number, targets, attributes } of associationSets) {
      const [x, y, a, b] = [...targets, ...attributes].map(([, words]) => wordsIn(words));
      expect([number, x!.length, a!.length]).toEqual([number, y!.length, b!.length]);
      const all = [...x!, ...y!, ...a!, ...b!];
      expect(new Set(all).size, `${number}`).toBe(all.length);
    }
  });

  it('are recognized in a form, in which white space does not count', () => {
    const { targets, attributes } = associationSets[0];
    const texts = [...targets, ...attributes].map(([, words]) => words.replaceAll(' ', ',\n')) as unknown as [
      string,
      string,
      string,
      string,
    ];
    expect(namesOfLists(texts)).toEqual({ targets: ['flowers', 'insects'], attributes: ['pleasant', 'unpleasant'] });
    expect(namesOfLists(['a b', 'c d', 'e f', 'g h']).targets).toEqual(['First targets', 'Second targets']);
    expect(testOf(['a, b a', 'c d', 'e;f', 'g\nh'])).toEqual({
      targets: [
        ['a', 'b'],
        ['c', 'd'],
      ],
      attributes: [
        ['e', 'f'],
        ['g', 'h'],
      ],
    });
  });
});

it('the picture has a point for each target word, further right for a larger association', () => {
  const associations: [number[], number[]] = [
    [0.2, 0.1],
    [-0.1, 0],
  ];
  const used = {
    targets: [
      ['rose', '<b>'],
      ['ant', 'bee'],
    ],
    attributes: [[], []],
  } as const;
  const found = { effectSize: 1, p: 0.1, permutations: 6, exact: true, missing: [], associations, used };
  const names = { targets: ['flowers', 'insects'], attributes: ['pleasant', 'unpleasant'] };
  const svg = associationSvg(found as never, names, 600).toString();
  const x = [...svg.matchAll(/<circle class="dot s\d" cx="([\d.]+)"/g)].map((match) => Number(match[1]));
  expect(x).toHaveLength(4);
  expect(x[0]).toBeGreaterThan(x[1]);
  expect(x[1]).toBeGreaterThan(x[3]);
  expect(x[3]).toBeGreaterThan(x[2]);
  for (const text of ['rose', '&lt;b&gt;', 'flowers', '← unpleasant', 'pleasant →']) expect(svg).toContain(text);
});
