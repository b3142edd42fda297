// The bench of a chapter: the reader steps through a training, sees every number at each step, and sets weights by
// hand.

import type { Steps } from '../../base/steps.ts';
import { type Html, html, joined } from '../../page/html.ts';
import { drawnGraph, matrixTable, plot } from '../blocks.ts';
import type { ChapterName } from '../chapters.ts';
import { editKey, LARGEST_WEIGHT } from '../edits.ts';
import { fixed } from '../figures.ts';
import { gradientCheckSteps } from '../gradient-check.ts';
import type { Values } from '../graph.ts';
import type { Lesson } from '../lesson.ts';
import { rowOf, toRows, transposed } from '../matrix.ts';
import type { Strings } from '../strings/strings.ts';
import { operationFormula } from '../walk/operation-formula.ts';
import type { Standing, Walker } from '../walk/walk.ts';
import type { WalkName } from '../walk/walks.ts';
import { formulaHtml, lessonTable } from './chapter-html.ts';
import { graphHtml } from './graph-html.ts';
import { plotHtml } from './plot-svg.ts';
import { benchWalks } from './state.ts';

/** Largest relative error that passes; central differences are accurate to about 1e-8. */
const PASSES = 1e-4;

/** The fixed part; what changes with each step goes into `.bench-view`. */
export function benchFrame(chapter: ChapterName, strings: Strings): Html {
  const say = strings.page.bench;
  const walks = benchWalks[chapter]!;
  const options = walks.map((walk) => html`<option value="${walk}">${say.walks[walk]}</option>`);
  const choice =
    walks.length < 2
      ? ''
      : html`<label>${say.network} <select data-walk data-key="${chapter}-walk">${options}</select></label>`;
  const buttons = (Object.keys(say.moves) as (keyof typeof say.moves)[]).map((move) => moveButton(chapter, move, say));
  return html`<h3 id="${chapter}-steps-title">${say.heading}</h3>
<p>${say.lead} <span class="keys">${say.keys}</span></p>
<div class="controls">${choice}<button type="button" data-move="start" data-key="${chapter}-start">${say.start}</button>${buttons}</div>
<p class="where" role="status" aria-live="polite"></p>
<p class="gradient-check"></p>
<div class="bench-view"></div>
<details class="weights"><summary>${say.edit}</summary><div class="editor"></div></details>`;
}

const arrows = { epoch: ['«', '»'], pair: ['‹', '›'], operation: ['◀', '▶'] } as const;

function moveButton(chapter: string, move: string, { moves }: Strings['page']['bench']): Html {
  const [by, step] = move.split(' ') as [keyof typeof arrows, string];
  const name = moves[move as keyof typeof moves];
  const text = step === '1' ? `${name} ${arrows[by][1]}` : `${arrows[by][0]} ${name}`;
  return html`<button type="button" data-move="${move}" data-key="${chapter}-${move.replace(' ', '')}"${move === 'operation 1' ? html` class="main"` : ''}>${text}</button>`;
}

/** The current step in one sentence; screen readers announce it. */
export function whereText(
  walker: Walker,
  { place, phase, node, operations, graph }: Standing,
  strings: Strings,
): string {
  const say = strings.page.bench;
  const { epoch, pair, operation } = place;
  const where = say.where(epoch + 1, pair + 1, walker.walk.pairs, walker.walk.describe(pair));
  const name = phase === 'forward' || phase === 'backward' ? graph.nodes[node!]!.operation.name : '';
  return `${where} · ${say.operation(operation, operations - 1, say.phases[phase], name)}`;
}

export function benchView(chapter: ChapterName, standing: Standing, lesson: Lesson): Html {
  const { strings } = lesson;
  const say = strings.page.bench;
  const { graph, node, phase, losses } = standing;
  const loss = graph.edges.get('loss')!.value;
  const parts = [
    ...operationFormula(graph, phase, node, strings).map(formulaHtml),
    graphHtml(drawnGraph(say.graph, graph), `${chapter}-now`, strings, node),
    html`<p class="loss">${loss === undefined ? say.noLoss : say.loss(fixed(loss.values[0]!, 6))}</p>`,
    ...updateTables(chapter, standing, strings),
    ...(losses.length > 1 ? [lossPlot(chapter, losses, strings)] : []),
    ...mapOf(chapter, standing, lesson),
  ];
  return joined(parts, '\n');
}

/** Compares the gradient of every weight at the current step with central differences. */
export function* gradientCheckText(walker: Walker, { graph, weights }: Standing, strings: Strings): Steps<string> {
  const say = strings.page.bench;
  const values = { ...walker.walk.constants, ...weights };
  const checked = yield* gradientCheckSteps(graph, values, undefined, Object.keys(weights));
  const error = Math.max(...checked.map(({ largestError }) => largestError));
  const count = checked.reduce((sum, edge) => sum + edge.count, 0);
  if (!Number.isFinite(error)) return `✗ ${say.notChecked}`;
  const passed = error < PASSES;
  const verdict = passed ? `✓ ${say.passed}` : `✗ ${say.failed}`;
  return `${say.gradientCheck(count, error.toExponential(1))} ${verdict}`;
}

function updateTables(chapter: string, { updated }: Standing, strings: Strings): Html[] {
  if (updated === undefined) return [];
  const numbers = (count: number) => Array.from({ length: count }, (_, at) => `${at + 1}`);
  return Object.entries(updated).map(([name, matrix], at) => {
    const title = `${strings.page.bench.moved}: ${name}`;
    const table = matrixTable(title, numbers(matrix.rows), numbers(matrix.columns), toRows(matrix), 4);
    return lessonTable(table, `${chapter}-moved-${at}`);
  });
}

function lossPlot(chapter: string, losses: readonly number[], strings: Strings): Html {
  const points = losses.map((y, epoch) => ({ x: epoch + 1, y }));
  const { epoch, lossColumn } = strings.predict;
  const drawn = plot('lines', strings.page.bench.losses, [epoch, lossColumn], [{ name: strings.predict.loss, points }]);
  return plotHtml(drawn, `${chapter}-losses`, strings);
}

/** A map of the current W_in; empty unless D = 2. */
function mapOf(chapter: string, { weights, updated }: Standing, { words, settings, strings }: Lesson): Html[] {
  const input = (updated ?? weights).W_in;
  if (input === undefined || settings.dimensions !== 2) return [];
  const points = words.map((label, id) => ({ x: rowOf(input, id)[0]!, y: rowOf(input, id)[1]!, label }));
  return [
    plotHtml(plot('points', strings.page.bench.map, ['1', '2'], [{ name: '', points }]), `${chapter}-map`, strings),
  ];
}

/** The starting weights as fields. */
export function weightsEditor(chapter: ChapterName, walk: WalkName, weights: Values, lesson: Lesson): Html {
  const { strings, words, edits } = lesson;
  const say = strings.page.bench;
  const count = Object.keys(edits).filter((key) => isEditOf(walk, key)).length;
  const grids = Object.entries(weights).map(([edge, matrix]) => {
    const name = matrixName(walk, edge);
    // One row per word: the full softmax has W_out as (D, V).
    const shown = edge === 'W_out' && walk !== 'sampling' ? transposed(matrix) : matrix;
    const rows = walk === 'layers' ? Array.from({ length: shown.rows }, (_, row) => `${row + 1}`) : words;
    return editorGrid(chapter, name, edge, toRows(shown), rows, lesson);
  });
  const undo = html`<button type="button" data-undo="${walk}" data-key="${chapter}-undo"${count === 0 ? html` disabled` : ''}>${say.undo}</button>`;
  return html`<p>${say.editLead} ${undo} <span>${count === 0 ? '' : say.edited(count)}</span></p><div class="grids">${grids}</div>`;
}

/** The name of an edge's matrix in the edits (src/explain/edits.ts). */
function matrixName(walk: WalkName, edge: string): string {
  return walk === 'layers' || walk === 'sampling' ? `${walk} ${edge}` : edge;
}

export function isEditOf(walk: WalkName, key: string): boolean {
  const prefix = /^(layers|sampling) /.exec(key)?.[1];
  return walk === 'layers' || walk === 'sampling' ? prefix === walk : prefix === undefined;
}

function editorGrid(
  chapter: string,
  name: string,
  edge: string,
  rows: number[][],
  names: readonly string[],
  { edits, strings }: Lesson,
): Html {
  const body = rows.map((row, i) => {
    const cells = row.map((value, j) => {
      const key = editKey(name, i, j);
      const label = strings.page.bench.cell(edge, names[i]!, `${j + 1}`);
      const set = key in edits ? html` class="set"` : '';
      const shown = Number(value.toPrecision(6));
      return html`<td><input type="number" step="any" min="${-LARGEST_WEIGHT}" max="${LARGEST_WEIGHT}" value="${shown}" data-weight="${key}" data-key="${chapter}-${key}" aria-label="${label}"${set}></td>`;
    });
    return html`<tr><th scope="row">${names[i]!}</th>${cells}</tr>`;
  });
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${edge}"><table class="grid-editor"><caption>${edge}</caption><tbody>${body}</tbody></table></div>`;
}
