import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import type { Block, Chapter, DrawnGraph, Table, TreeNode } from '../../src/explain/blocks.ts';
import { chapterNames, makeChapter } from '../../src/explain/chapters.ts';
import { type LessonSettings, lessonDefaults, openLesson } from '../../src/explain/lesson.ts';
import { en } from '../../src/explain/strings/en.ts';

const { text: sentence, ...defaults } = lessonDefaults;
const chapter = (name: (typeof chapterNames)[number], text = sentence, given: Partial<LessonSettings> = {}) =>
  makeChapter(name, openLesson(text, { ...defaults, ...given }, en));

const blocksOf = <K extends Block['kind']>({ blocks }: Chapter, kind: K) =>
  blocks.filter((block): block is Extract<Block, { kind: K }> => block.kind === kind);
const tableNamed = (of: Chapter, title: RegExp): Table =>
  blocksOf(of, 'table').find((table) => title.test(table.title))!;

const texts: Record<string, string> = {
  'the book': sentence,
  'three words': 'one two one',
  'two lines': 'the cat sat on the mat\nthe dog sat on the cat',
  'a large vocabulary': Array.from({ length: 60 }, (_, i) => `word${i % 30} is word${i % 7}`).join(' '),
  emoji: 'I ❤️ you 😀 and you ❤️ me 👍 too',
  Korean: '나는 너를 보고 너는 나를 본다 그리고 나는 간다',
};

describe.each(Object.entries(texts))('every chapter on %s', (title, text) => {
  // Chapter `weights` takes nothing from the text, and takes longest.
  const names = chapterNames.filter((name) => name !== 'weights' || title === 'the book');
  it.each(names.flatMap((name) => (['book', 'word2vec'] as const).map((as) => [name, as] as const)))(
    '%s as in %s is complete: titles, finite numbers, equal rows',
    (name, as) => {
      const made = chapter(name, text, { as });
      expect(made).toMatchObject({ name, title: expect.stringMatching(/\w/) });
      expect(made.blocks.length).toBeGreaterThan(5);
      expect(JSON.parse(JSON.stringify(made))).toEqual(made); // no NaN, no undefined, no typed array
      for (const { columns, rows } of blocksOf(made, 'table')) {
        for (const row of rows) expect(row).toHaveLength(columns.length);
      }
      for (const { answer, tolerance } of blocksOf(made, 'question'))
        expect(answer + tolerance).toBeGreaterThanOrEqual(answer);
      const written = JSON.stringify(made.blocks.filter(({ kind }) => kind === 'paragraph' || kind === 'formula'));
      expect(written).not.toMatch(/undefined|NaN|Infinity|\[object/);
    },
  );
});

it('graph: gradients are blank before the backward step, and every gradient passes the check', () => {
  const made = chapter('graph');
  const graphs: DrawnGraph[] = blocksOf(made, 'graph');
  expect(graphs[0].edges.map(({ gradient }) => gradient)).toEqual([null, null, null]);
  expect(graphs[1].edges.map(({ gradient }) => gradient)).toEqual([[[1]], [[1]], [[1]]]);
  const errors = tableNamed(made, /central differences/).rows.map((row) => Number(row.at(-1)));
  expect(errors.length).toBe(9);
  expect(Math.max(...errors)).toBeLessThan(1e-4);
});

it('counting: the numbers of the book', () => {
  const made = chapter('counting');
  const say = tableNamed(made, /^Co-occurrences/).rows[1];
  expect(say).toEqual(['say', 1, 0, 1, 0, 1, 1, 0]);
  expect(tableNamed(made, /^PPMI/).rows[0][2]).toBeCloseTo(1.807, 3);
  expect(JSON.stringify(made)).toContain('any rotation of it'); // its singular values come in pairs
});

it('one-hot: the table of the book, equal results, and the overwritten gradient is another one', () => {
  const made = chapter('one-hot');
  expect(tableNamed(made, /^Contexts and targets/).rows[0]).toEqual(['you goodbye', 'say', '0 2', 1]);
  const [byMatMul, byEmbedding] = [/^One-hot times/, /^Embedding/].map((title) => tableNamed(made, title).rows);
  expect(byMatMul).toEqual(byEmbedding);
  const [added, again, overwritten] = [/^Correct/, /^The same with/, /^Wrong/].map(
    (title) => tableNamed(made, title).rows,
  );
  expect(added).toEqual(again);
  expect(overwritten).not.toEqual(added);
});

it('predict: the loss starts at log V and the right word wins', () => {
  const made = chapter('predict');
  const losses = blocksOf(made, 'plot')[0].series.map(({ points }) => points.map(({ y }) => y));
  expect(losses[0][0]).toBeCloseTo(Math.log(7), 2);
  expect(losses[0].at(-1)!).toBeLessThan(0.3);
  expect(tableNamed(made, /^The missing word/).rows[0]).toEqual(['say', expect.any(Number), expect.any(Number), '*']);
});

it('as in word2vec.c differs from as in the book where it should', () => {
  const [book, word2vec] = (['book', 'word2vec'] as const).map((as) => chapter('predict', sentence, { as }));
  const moved = (made: Chapter) => tableNamed(made, /^Rows of W_in/).rows;
  const W_out = (made: Chapter) =>
    blocksOf(made, 'graph')[0]
      .edges.find(({ name }) => name === 'W_out')!
      .value!.flat();
  expect(moved(book)).not.toEqual(moved(word2vec));
  expect(W_out(word2vec).every((value) => value === 0)).toBe(true);
  expect(W_out(book).every((value) => value !== 0)).toBe(true);
});

it('sampling: only the rows of the pair move', () => {
  const made = chapter('sampling');
  const gradient = blocksOf(made, 'graph')[0].edges.find(({ name }) => name === 'W_out')!.gradient!;
  expect(gradient.filter((row) => row.some((slope) => slope !== 0))).toHaveLength(3);
  expect(tableNamed(made, /^One pair/).rows.at(-1)).toEqual([1e6, 1e8, 1e6, 600, 6, 166667]);
});

describe.each(Object.entries(texts))('sampling on %s: the Huffman tree', (_, text) => {
  const made = chapter('sampling', text, { seed: 2 });
  const codes = tableNamed(made, /^Codes of all/).rows as [string, number, string, number, number][];
  const path = tableNamed(made, /^The path to/).rows as [string, 0 | 1, number, number, number, number][];
  const { root } = blocksOf(made, 'tree')[0];
  const leavesOf = ({ name, count, children }: TreeNode, code = ''): [string, number, string][] =>
    children === null ? [[name, count, code]] : children.flatMap((child, bit) => leavesOf(child, `${code}${bit}`));

  it('has the words as leaves, with the codes and counts of the table', () => {
    const { counts, words } = openLesson(text, defaults, en);
    expect(codes.map(([word, count]) => [word, count]).sort()).toEqual(
      words.map((word, id) => [word, counts[id]]).sort(),
    );
    expect(leavesOf(root).sort()).toEqual(codes.map(([word, count, code]) => [word, count, code]).sort());
    expect(codes.every(([, , code, choices]) => code.length === choices)).toBe(true);
  });

  it('takes as few choices as a code can, to less than one', () => {
    const total = codes.reduce((sum, [, count]) => sum + count, 0);
    const mean = codes.reduce((sum, [, count, code]) => sum + (count / total) * code.length, 0);
    const entropy = codes.reduce((sum, [, count]) => sum - (count / total) * Math.log2(count / total), 0);
    expect(mean).toBeGreaterThanOrEqual(entropy - 1e-12);
    expect(mean).toBeLessThan(entropy + 1);
    expect(JSON.stringify(made)).toContain(`${mean.toFixed(3)} choices on average`);
  });

  it('gives probabilities that sum to 1; that of the path is the product of its sigmoids', () => {
    expect(codes.reduce((sum, row) => sum + row[4], 0)).toBeCloseTo(1, 12);
    const marked: string[] = [];
    let at: TreeNode = root;
    while (at.children !== null) {
      marked.push(at.name);
      at = at.children.find((child) => child.marked)!;
    }
    const [word, , code, , chance] = codes.find(([word]) => word === at.name)!;
    expect(path.map(([node]) => node)).toEqual(marked);
    expect(path.map((row) => row[1]).join('')).toBe(code);
    expect(path.reduce((p, [, bit, score]) => p / (1 + Math.exp(bit === 0 ? -score : score)), 1)).toBeCloseTo(
      chance,
      12,
    );
    expect(tableNamed(made, /^The path to/).title).toContain(`"${word}"`);
    const graph = blocksOf(made, 'graph')[1];
    const edge = (name: string) => graph.edges.find((each) => each.name === name)!;
    expect(edge('loss').value![0][0]).toBeCloseTo(-Math.log(chance), 12);
    const moved = edge('W_out').gradient!.flatMap((row, n) => (row.some((slope) => slope !== 0) ? [`n${n + 1}`] : []));
    expect(moved.sort()).toEqual(marked.sort());
  });
});

it('thesaurus: what is known, what is not, or how to get WordNet', () => {
  const lesson = openLesson(sentence, defaults, en);
  expect(JSON.stringify(makeChapter('thesaurus', lesson))).toContain("'w2v corpus get wordnet'");
  const lookUp = (word: string) =>
    word === 'say'
      ? { senses: 12, definition: 'the chance to speak', synonyms: ['tell'], kindOf: ['opportunity'] }
      : { senses: 0, definition: '', synonyms: [], kindOf: [] };
  const made = makeChapter('thesaurus', lesson, lookUp);
  expect(tableNamed(made, /in WordNet$/).rows).toEqual([['say', 12, 'tell', 'opportunity']]);
  expect(JSON.stringify(made)).toContain('does not have \\"you\\", \\"goodbye\\"');
});

it.each(['predict', 'batches'] as const)('%s: says that a training has diverged, and asks nothing about it', (name) => {
  const made = chapter(name, sentence, { learningRate: 10 });
  expect(JSON.stringify(made)).toContain('The training has diverged: with a learning rate of 10');
  expect(JSON.stringify(chapter(name))).not.toContain('diverged');
  for (const { answer } of blocksOf(made, 'question')) expect(answer).toBeGreaterThan(0);
});

it('wherever a number is not finite, the chapter says why', () => {
  for (const name of chapterNames) {
    const made = chapter(name, sentence, { learningRate: 10, as: 'word2vec' });
    const hasNaN = blocksOf(made, 'table').some(({ rows }) => rows.flat().some((cell) => Number.isNaN(cell)));
    expect(JSON.stringify(made).includes('has diverged'), name).toBe(hasNaN);
  }
});

it('the same settings give the same chapter, another seed another one', () => {
  expect(chapter('predict')).toEqual(chapter('predict'));
  expect(chapter('predict', sentence, { seed: 2 })).not.toEqual(chapter('predict'));
});

it('runs in a browser: the bundle imports nothing from node', async () => {
  const entry = "export * from './src/explain/chapters.ts'; export * from './src/explain/lesson.ts';";
  const { outputFiles, warnings } = await build({
    stdin: { contents: entry, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    logLevel: 'silent',
  });
  expect(warnings).toEqual([]);
  expect(outputFiles[0].text).not.toMatch(/['"`]node:|require\(/);
});
