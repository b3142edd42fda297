import { expect, it } from 'vitest';
import { disagreementLinks, explorerSentence, wordHeading } from '../../src/report/explorer-links.ts';

const words = [{ word: 'a&b"<i>', overlap: 0, first: [], second: [] }];
const disagreements = [
  { first: 'one', second: 'other', words: [{ word: 'no', overlap: 0, first: [], second: [] }] },
  { first: 'one', second: 'two', words },
];
const linked = { explorer: { page: 'maps/my%20map.html', routes: ['one', 'two'] as [string, string] }, disagreements };

it('links to the comparison, to a word in it, and to the words on which its two routes disagree', () => {
  expect(explorerSentence(linked)).toContain('<a href="maps/my%20map.html#view=compare">one and two, word by word</a>');
  expect(wordHeading('king', linked)).toBe('<a href="maps/my%20map.html#view=compare&amp;q=king">king</a>');
  const address = 'maps/my%20map.html#view=compare&amp;q=a%26b%22%3Ci%3E';
  expect(disagreementLinks(linked)).toBe(
    `<p>Side by side in one and two: <a href="${address}">a&amp;b&quot;&lt;i&gt;</a>.</p>`,
  );
});

it('links nowhere without a page', () => {
  const plain = { disagreements };
  expect(explorerSentence(plain)).toBe('');
  expect(wordHeading('<b>', plain)).toBe('&lt;b&gt;');
  expect(disagreementLinks(plain)).toBe('');
  expect(disagreementLinks({ ...linked, disagreements: [] })).toBe('');
});
