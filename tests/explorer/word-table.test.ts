import { describe, expect, it } from 'vitest';
import { tableRows } from '../../src/explorer/word-table.ts';

const columns = {
  words: ['the', 'Cat', 'dog', 'öl', 'cats'],
  counts: [9, 5, 5, 2, 1],
  classes: [255, 1, 1, 0, 1],
  classNames: ['stuff', 'animal'],
  kept: [50, 255, 0, 100, 20],
};
const rows = (request: Partial<Parameters<typeof tableRows>[1]>) =>
  tableRows(columns, { filter: '', only: undefined, sort: 'rank', descending: false, ...request });

describe('the table of words', () => {
  it.each([
    [{}, [0, 1, 2, 3, 4]],
    [{ descending: true }, [4, 3, 2, 1, 0]],
    [{ sort: 'word' }, [1, 4, 2, 3, 0]],
    [{ sort: 'count' }, [4, 3, 1, 2, 0]],
    [{ sort: 'count', descending: true }, [0, 1, 2, 3, 4]],
    [{ sort: 'class' }, [1, 2, 4, 3, 0]],
    [{ sort: 'class', descending: true }, [3, 1, 2, 4, 0]],
    [{ sort: 'kept' }, [2, 4, 0, 3, 1]],
    [{ sort: 'kept', descending: true }, [3, 0, 4, 2, 1]],
    [{ filter: 'CAT' }, [1, 4]],
    [{ only: 1, filter: 'g' }, [2]],
    [{ filter: 'zebra' }, []],
  ] as const)('%j has the rows %j', (request, expected) => expect(rows(request)).toEqual(expected));

  it('keeps its order where a column is missing', () => {
    const bare = { words: ['b', 'a'], counts: undefined, classes: undefined, classNames: [], kept: undefined };
    expect(tableRows(bare, { filter: '', only: undefined, sort: 'count', descending: false })).toEqual([0, 1]);
  });
});
