// The table of all words: which rows it shows, in which order.

export type SortColumn = 'rank' | 'word' | 'count' | 'class' | 'kept';

export interface TableRequest {
  /** Part of a word, in any case; empty for all. */
  filter: string;
  /** Index of a class; undefined for all. */
  only: number | undefined;
  sort: SortColumn;
  descending: boolean;
}

export interface TableColumns {
  words: readonly string[];
  counts: ArrayLike<number> | undefined;
  classes: ArrayLike<number> | undefined;
  classNames: readonly string[];
  /** 255 for unknown, which comes last in any order. */
  kept: ArrayLike<number> | undefined;
}

export function tableRows(columns: TableColumns, { filter, only, sort, descending }: TableRequest): number[] {
  const { words, counts, classes, classNames, kept } = columns;
  const wanted = filter.toLowerCase();
  const rows: number[] = [];
  for (let row = 0; row < words.length; row++) {
    if (only !== undefined && classes?.[row] !== only) continue;
    if (wanted === '' || words[row].toLowerCase().includes(wanted)) rows.push(row);
  }
  const sign = descending ? -1 : 1;
  const by = (key: (row: number) => number) => rows.sort((a, b) => sign * (key(a) - key(b)) || a - b);
  const lastIfUnknown = (value: number | undefined) =>
    value === undefined || value === 255 ? sign * Number.MAX_VALUE : value;
  if (sort === 'word') {
    const order = new Intl.Collator('en').compare;
    rows.sort((a, b) => sign * order(words[a], words[b]) || a - b);
  } else if (sort === 'count' && counts) by((row) => counts[row]);
  else if (sort === 'kept' && kept) by((row) => lastIfUnknown(kept[row]));
  else if (sort === 'class' && classes) {
    const names = [...classNames.keys()].sort((a, b) => (classNames[a] < classNames[b] ? -1 : 1));
    const place = new Map(names.map((index, at) => [index, at]));
    by((row) => lastIfUnknown(place.get(classes[row])));
  } else if (descending) rows.reverse();
  return rows;
}
