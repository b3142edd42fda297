// The part of chapter `sampling` on hierarchical softmax: the Huffman tree of the lesson's text, one word's path and
// probability, and what it costs beside the full softmax.

import { createRandom } from '../../base/random.ts';
import {
  codeLengths,
  type Decision,
  type HuffmanTree,
  huffmanTree,
  pathTo,
  wordProbabilities,
} from '../../corpus/huffman.ts';
import { type Block, drawnGraph, formula, heading, paragraph, question, type TreeNode, table } from '../blocks.ts';
import { edited } from '../edits.ts';
import { fixed } from '../figures.ts';
import { createGraph, type Graph } from '../graph.ts';
import type { Lesson } from '../lesson.ts';
import { generated, type Matrix, rowOf } from '../matrix.ts';
import { minusLogSigmoid, sigmoidOf } from '../nodes/activations.ts';
import { hierarchicalSoftmaxNodes, skipgramNodes } from '../word2vec/layers.ts';

/** The tree of a lesson's words. The tree numbers words by decreasing count, the lesson as in its text. */
export interface LessonTree {
  tree: HuffmanTree;
  /** (V) the lesson's id of each word of the tree. */
  ids: number[];
}

export function lessonTree({ counts }: Lesson): LessonTree {
  const ids = counts.map((_, id) => id).sort((a, b) => counts[b] - counts[a]);
  return { tree: huffmanTree(Float64Array.from(ids, (id) => counts[id])), ids };
}

export function lessonPath({ tree, ids }: LessonTree, id: number): Decision[] {
  return pathTo(tree, ids.indexOf(id));
}

/** (V - 1, D) random rows of the inner nodes, because real training starts with zeros. */
export function nodeRows({ words, settings, edits }: Lesson): Matrix {
  const random = createRandom(settings.seed, 6);
  const drawn = generated(words.length - 1, settings.dimensions, () => 0.5 * random.normal());
  return edited('tree W_out', drawn, edits);
}

/** `input`: W_in of the chapter; the pair is `center` -> `answer`. */
export function treeBlocks(lesson: Lesson, input: Matrix, center: number, answer: number): Block[] {
  const { words, counts, strings } = lesson;
  const say = strings.sampling;
  const code = lessonTree(lesson);
  const path = lessonPath(code, answer);
  const rows = nodeRows(lesson);
  const graph = pathGraph(input, rows, center, path);
  const lengths = codeLengths(code.tree);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const mean = code.ids.reduce((sum, id, word) => sum + (counts[id] / total) * lengths[word], 0);
  return [
    heading(say.treeHeading),
    paragraph(say.tree),
    paragraph(say.huffman(fixed(mean), fixed(entropyOf(counts, total)))),
    {
      kind: 'tree',
      title: say.treeTitle(words[answer]),
      root: treeNode(lesson, code, new Set(path.map(({ node }) => node)), answer),
    },
    codesTable(lesson, code, rowOf(input, center), rows),
    ...pathBlocks(lesson, graph, path, answer),
    drawnGraph(say.graph, graph),
    paragraph(say.treeRows(path.length, words.length - 1)),
    question(say.treeQuestion, 10, 0, say.treeQuestionWhy),
  ];
}

/** Multiplications of one pair at several vocabularies, beside the full softmax. */
export function treeCostBlocks({ settings, words, strings }: Lesson, pathLength: number): Block[] {
  const say = strings.sampling;
  const D = 100;
  const rows = [7, 100, 1_000, 10_000, 100_000, 1_000_000].map((V) => {
    const decisions = Math.log2(V);
    return [V, decisions, V * D, Math.round(decisions * D), Math.round(V / decisions)];
  });
  return [
    paragraph(say.treeCost(words.length * settings.dimensions, pathLength * settings.dimensions)),
    table(
      say.treeCostTable(D),
      [
        { title: say.vocabulary },
        { title: 'log2 V', digits: 1 },
        { title: say.softmaxProducts },
        { title: say.treeProducts },
        { title: say.ratio },
      ],
      rows,
    ),
  ];
}

function pathGraph(input: Matrix, rows: Matrix, center: number, path: readonly Decision[]): Graph {
  const graph = createGraph([
    ...skipgramNodes([center]),
    ...hierarchicalSoftmaxNodes([path.map(({ node }) => node)], { bits: [path.map(({ bit }) => bit)] }),
  ]);
  graph.forward({ W_in: input, W_out: rows });
  graph.backward();
  return graph;
}

const nodeName = (node: number) => `n${node + 1}`;

function treeNode(
  { words, counts }: Lesson,
  { tree, ids }: LessonTree,
  onPath: ReadonlySet<number>,
  answer: number,
): TreeNode {
  const V = words.length;
  const made = (at: number): TreeNode => {
    if (at < V) {
      const id = ids[at];
      return { name: words[id], count: counts[id], marked: id === answer, children: null };
    }
    const node = at - V;
    const children: [TreeNode, TreeNode] = [made(tree.children[2 * node]), made(tree.children[2 * node + 1])];
    const count = children[0].count + children[1].count;
    return { name: nodeName(node), count, marked: onPath.has(node), children };
  };
  return made(2 * V - 2);
}

/** Entropy of the words in bits: no code has a smaller mean length (Shannon 1948). */
function entropyOf(counts: readonly number[], total: number): number {
  return counts.reduce((sum, count) => (count === 0 ? sum : sum - (count / total) * Math.log2(count / total)), 0);
}

function codesTable(lesson: Lesson, code: LessonTree, hidden: ArrayLike<number>, rows: Matrix): Block {
  const { words, counts, strings } = lesson;
  const say = strings.sampling;
  const chances = wordProbabilities(code.tree, hidden, rows.values);
  return table(
    say.codesTable(words.length),
    [
      { title: say.word },
      { title: say.count },
      { title: say.code, align: 'right' },
      { title: say.decisions },
      { title: 'p', digits: 3 },
    ],
    code.ids.map((id, word) => {
      const bits = pathTo(code.tree, word).map(({ bit }) => bit);
      return [words[id], counts[id], bits.join(''), bits.length, chances[word]];
    }),
  );
}

function pathBlocks({ words, strings }: Lesson, graph: Graph, path: readonly Decision[], answer: number): Block[] {
  const say = strings.sampling;
  const scores = [...graph.value('scores').values];
  const slopes = graph.gradient('scores').values;
  const signed = scores.map((score, i) => (path[i].bit === 0 ? score : -score));
  const chances = signed.map(sigmoidOf);
  const p = chances.reduce((all, chance) => all * chance, 1);
  const loss = graph.value('loss').values[0];
  return [
    table(
      say.pathTable(words[answer]),
      [
        { title: say.node },
        { title: say.bit },
        { title: say.score, digits: 3 },
        { title: 'σ(±s)', digits: 3 },
        { title: say.lossTerm, digits: 3 },
        { title: say.slope, digits: 3 },
      ],
      path.map(({ node, bit }, i) => [
        nodeName(node),
        bit,
        scores[i],
        chances[i],
        minusLogSigmoid(signed[i]),
        slopes[i],
      ]),
    ),
    formula(
      say.chanceOf(words[answer]),
      'p = Π σ(±s(n))',
      `${signed.map((score) => `σ(${fixed(score)})`).join(' × ')} = ${chances.map((chance) => fixed(chance)).join(' × ')} = ${fixed(p)}`,
    ),
    formula(say.loss, 'L = -sum log σ(±s(n)) = -log p', `-log ${fixed(p)} = ${fixed(loss)}`),
  ];
}
