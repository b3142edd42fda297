// Walking a training: the places in order, back exactly to what was there, and the numbers of the chapters.
import { describe, expect, it } from 'vitest';
import type { DrawnGraph, Table } from '../../src/explain/blocks.ts';
import { drawnGraph } from '../../src/explain/blocks.ts';
import { makeChapter } from '../../src/explain/chapters.ts';
import { checkGradients } from '../../src/explain/gradient-check.ts';
import { type LessonSettings, lessonDefaults, openLesson } from '../../src/explain/lesson.ts';
import { toRows } from '../../src/explain/matrix.ts';
import { en } from '../../src/explain/strings/en.ts';
import { operationFormula } from '../../src/explain/walk/operation-formula.ts';
import { createWalker, FIRST_PLACE, type Place } from '../../src/explain/walk/walk.ts';
import { makeWalk, walkNames } from '../../src/explain/walk/walks.ts';

const { text, ...defaults } = lessonDefaults;
const lessonOf = (given: Partial<LessonSettings> = {}, edits = {}) =>
  openLesson(text, { ...defaults, ...given }, en, edits);
const walkerOf = (name: (typeof walkNames)[number], ...given: Parameters<typeof lessonOf>) =>
  createWalker(makeWalk(name, lessonOf(...given)));

describe.each(walkNames.flatMap((name) => (['book', 'word2vec'] as const).map((as) => [name, as] as const)))(
  '%s as in %s',
  (name, as) => {
    const walker = walkerOf(name, { as });
    const numbersAt = (place: Place) => JSON.stringify(drawnGraph('', walker.stand(place).graph));

    it('goes forward through every operation and back the same way', () => {
      const forward: Place[] = [FIRST_PLACE];
      for (let step = 0; step < 60; step++) forward.push(walker.move(forward.at(-1)!, 'operation', 1));
      const before = forward.map(numbersAt);
      const back: Place[] = [forward.at(-1)!];
      for (let step = 0; step < 60; step++) back.push(walker.move(back.at(-1)!, 'operation', -1));
      expect(back.toReversed()).toEqual(forward);
      expect(back.toReversed().map(numbersAt)).toEqual(before);
      expect(walker.move(FIRST_PLACE, 'operation', -1)).toEqual(FIRST_PLACE);
    });

    it('fills the edges one operation at a time, blank before', () => {
      const { operations, graph } = walker.stand(FIRST_PLACE);
      const nodes = graph.nodes.length;
      expect(operations).toBe(2 * nodes + 2);
      const blanks = Array.from({ length: operations }, (_, operation) => {
        const { edges } = walker.stand({ ...FIRST_PLACE, operation }).graph;
        const all = [...edges.values()];
        return [all.filter(({ value }) => !value).length, all.filter(({ gradient }) => !gradient).length];
      });
      expect(blanks[0][0]).toBeGreaterThan(0);
      for (let at = 1; at <= nodes; at++) expect(blanks[at][0]).toBeLessThan(blanks[at - 1][0]);
      expect(blanks[nodes]).toEqual([0, graph.edges.size]);
      for (let at = nodes + 1; at <= 2 * nodes; at++) expect(blanks[at][1]).toBeLessThan(blanks[at - 1][1]);
      expect(blanks[2 * nodes]).toEqual([0, 0]);
    });

    it('learns: the mean loss falls over the epochs', () => {
      const { losses } = walker.stand({ epoch: 30, pair: 0, operation: 0 });
      expect(losses).toHaveLength(30);
      expect(losses.at(-1)!).toBeLessThan(losses[0]);
    });

    it('passes the gradient check anywhere, and writes each operation with its numbers', () => {
      const standing = walker.stand({ epoch: 2, pair: walker.walk.pairs - 1, operation: 0 });
      const values = { ...walker.walk.constants, ...standing.weights };
      const checked = checkGradients(standing.graph, values, undefined, Object.keys(standing.weights));
      for (const { largestError } of checked) expect(largestError).toBeLessThan(1e-4);
      for (let operation = 1; operation < standing.operations - 1; operation++) {
        const { graph, phase, node } = walker.stand({ epoch: 2, pair: 0, operation });
        const [written] = operationFormula(graph, phase, node, en);
        expect(written?.numbers).toMatch(/\d/);
        expect(JSON.stringify(written)).not.toMatch(/undefined|NaN|null/);
      }
    });

    it('passes the gradient check after long training too, where slopes are near 0', () => {
      const { graph, weights } = walker.stand({ epoch: 1500, pair: 0, operation: 0 });
      const checked = checkGradients(graph, { ...walker.walk.constants, ...weights }, undefined, Object.keys(weights));
      for (const { largestError } of checked) expect(largestError).toBeLessThan(1e-4);
    });

    it('takes any place that a link may name', () => {
      expect(walker.stand({ epoch: 0, pair: 1e9, operation: 1e9 }).phase).toBe('update');
      expect(walker.stand({ epoch: 3, pair: 0, operation: -5 }).place).toEqual({ epoch: 3, pair: 0, operation: 0 });
    });
  },
);

describe('the first step is the one of the chapter', () => {
  const last = (walk: 'cbow' | 'sampling' | 'layers', as: LessonSettings['as'] = 'book') => {
    const walker = walkerOf(walk, { as });
    return walker.stand({ ...FIRST_PLACE, operation: 1e9 });
  };
  const graphsOf = (name: 'graph' | 'predict' | 'sampling') =>
    makeChapter(name, lessonOf()).blocks.filter((block): block is DrawnGraph => block.kind === 'graph');

  it.each([
    ['layers', graphsOf('graph').at(-1)!],
    ['cbow', graphsOf('predict').at(-1)!],
    ['sampling', graphsOf('sampling')[0]],
  ] as const)('%s: every value and gradient', (walk, drawn) => {
    expect(drawnGraph('', last(walk).graph).edges).toEqual(drawn.edges);
  });

  it.each(['book', 'word2vec'] as const)('CBOW as in %s: the rows after the update', (as) => {
    const { blocks } = makeChapter('predict', lessonOf({ as }));
    const rows = blocks.find(
      (block): block is Table => block.kind === 'table' && block.title.startsWith('Rows of W_in'),
    )!;
    const after = toRows(last('cbow', as).updated!.W_in!);
    const word = (rows.rows[2][0] as string).split(',')[0];
    const at = lessonOf({ as }).words.indexOf(word);
    expect(rows.rows[2].slice(1)).toEqual(after[at]);
  });
});

it('weights set by hand are where training starts, in the walk and in the chapters', () => {
  const edits = { 'W_in 0 1': 7, 'W_out 2 0': -3, 'W_in 99 0': 1, 'layers W1 0 0': 5, 'sampling W_in 1 1': 4 };
  const weights = (name: (typeof walkNames)[number]) => walkerOf(name, {}, edits).walk.weights;
  expect(toRows(weights('cbow').W_in!)[0][1]).toBe(7);
  expect(toRows(weights('cbow').W_out!)[0][2]).toBe(-3); // (D, V)
  expect(toRows(weights('layers').W1!)[0][0]).toBe(5);
  expect(toRows(weights('sampling').W_in!)[1][1]).toBe(4);
  const plain = makeChapter('predict', lessonOf());
  expect(makeChapter('predict', lessonOf({}, edits))).not.toEqual(plain);
  expect(makeChapter('predict', lessonOf({}, { 'layers W1 0 0': 5 }))).toEqual(plain);
});
