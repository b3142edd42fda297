// The four lists of an association test as the page's form and its address have them.

import type { AssociationTest } from '../query/association.ts';
import { associationSets } from './association-sets.ts';
import { associationStrings } from './compare-strings.ts';
import { wordsIn } from './formulas.ts';

/** Fields of the state: two lists of targets, two of attributes, each a text. */
export const listFields = ['target1', 'target2', 'attribute1', 'attribute2'] as const;

export type ListTexts = readonly [string, string, string, string];

export function testOf(texts: ListTexts): AssociationTest {
  const [x, y, a, b] = texts.map(wordsIn) as [string[], string[], string[], string[]];
  return { targets: [x, y], attributes: [a, b] };
}

export interface ListNames {
  targets: readonly string[];
  attributes: readonly string[];
}

/** The names of the lists if they are those of a test of the paper, else what their place is. */
export function namesOfLists(texts: ListTexts): ListNames {
  const words = texts.map((text) => wordsIn(text).join(' '));
  const set = associationSets.find(({ targets, attributes }) =>
    [...targets, ...attributes].every(([, list], at) => list === words[at]),
  );
  if (set === undefined) return associationStrings;
  return { targets: set.targets.map(([name]) => name), attributes: set.attributes.map(([name]) => name) };
}
