import { expect, it } from 'vitest';
import { joinedLists, joiningLinesSvg, ROW_HEIGHT } from '../../src/explorer/joined-lists.ts';

const list = (words: string) => words.split(' ').map((word, at) => ({ word, similarity: 1 - at / 10 }));
const words = (text: string) => new Set(text.split(' '));

it('says of each word where the other list has it', () => {
  const first = list('cat dog own far rat');
  const second = list('dog x cat y far');
  const others = [words('cat dog far rat x y'), words('cat dog own far rat x')];
  const { columns, lines } = joinedLists([first, second], others, 4);
  expect(columns[0]!.map(({ word, place }) => [word, place])).toEqual([
    ['cat', 3],
    ['dog', 1],
    ['own', 'missing'],
    ['far', 5],
  ]);
  expect(columns[1]!.map(({ word, place }) => [word, place])).toEqual([
    ['dog', 2],
    ['x', 'further'],
    ['cat', 1],
    ['y', 'missing'],
  ]);
  expect(lines).toEqual([
    [0, 2],
    [1, 0],
  ]);
  const svg = joiningLinesSvg(lines, 4).toString();
  expect(svg).toContain(`M4 ${0.5 * ROW_HEIGHT}C48 ${0.5 * ROW_HEIGHT} 48 ${2.5 * ROW_HEIGHT} 92 ${2.5 * ROW_HEIGHT}`);
  expect(svg.match(/<path/g)).toHaveLength(2);
});

it('shows one list where the other file has no word', () => {
  const { columns, lines } = joinedLists([list('a b'), undefined], [words('a'), words('')], 10);
  expect(columns).toEqual([
    [
      { word: 'a', similarity: 1, place: 'further' },
      { word: 'b', similarity: 0.9, place: 'missing' },
    ],
    undefined,
  ]);
  expect(lines).toEqual([]);
});
