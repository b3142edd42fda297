// A chapter of the lesson as HTML, complete without JavaScript.

import { escapeHtml, tableHtml } from '../../page/html.ts';
import type { Block, Chapter, Formula, Question, Table } from '../blocks.ts';
import { cellText } from '../figures.ts';
import type { Strings } from '../strings/strings.ts';
import { graphHtml } from './graph-html.ts';
import { plotHtml } from './plot-svg.ts';
import { treeHtml } from './tree-svg.ts';

/** The chapter's content, without its heading. */
export function chapterHtml({ name, blocks }: Chapter, strings: Strings): string {
  return blocks.map((block, at) => blockHtml(block, `${name}-${at + 1}`, strings)).join('\n');
}

function blockHtml(block: Block, id: string, strings: Strings): string {
  switch (block.kind) {
    case 'heading':
      return `<h3>${escapeHtml(block.text)}</h3>`;
    case 'paragraph':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'formula':
      return formulaHtml(block);
    case 'table':
      return lessonTable(block, id);
    case 'graph':
      return graphHtml(block, id, strings);
    case 'tree':
      return treeHtml(block, id);
    case 'plot':
      return plotHtml(block, id, strings);
    case 'question':
      return questionHtml(block, id, strings);
  }
}

export function formulaHtml({ name, symbolic, numbers }: Formula): string {
  return `<div class="formula"><span class="formula-name">${escapeHtml(name)}</span><code>${escapeHtml(symbolic)}</code><code class="numbers">${escapeHtml(numbers)}</code></div>`;
}

export function lessonTable({ title, columns, rows }: Table, id: string): string {
  const shown = {
    id,
    title,
    caption: title,
    columns: columns.map(({ title, align }, at) => ({
      title,
      align: align ?? (rows.some((row) => typeof row[at] === 'number') ? 'right' : undefined),
    })),
    rows: rows.map((row) => row.map((cell, at) => cellText(cell, columns[at]!.digits))),
  };
  // The visible title stands above the table, because it may be wider than the table. The caption is for screen
  // readers.
  return `<p class="table-title" aria-hidden="true">${escapeHtml(title)}</p>${tableHtml(shown, { captionSeen: false })}`;
}

/** A question with a hidden answer. The form needs JavaScript; the answer opens without. */
function questionHtml({ prompt, answer, tolerance, explanation }: Question, id: string, strings: Strings): string {
  const { answerLabel, check, reveal } = strings.page;
  const label = `<label for="${id}-answer">${escapeHtml(answerLabel)}</label>`;
  const input = `<input id="${id}-answer" inputmode="decimal" autocomplete="off" size="8">`;
  const form = `<form class="live" data-question data-answer="${answer}" data-tolerance="${tolerance}">${label}${input}<button>${escapeHtml(check)}</button><output for="${id}-answer" role="status"></output></form>`;
  return `<div class="question" id="${id}"><p><strong>${escapeHtml(strings.question)}.</strong> ${escapeHtml(prompt)}</p>${form}<details><summary>${escapeHtml(reveal)}</summary><p><strong>${escapeHtml(cellText(answer, decimalsOf(answer)))}</strong>. ${escapeHtml(explanation)}</p></details></div>`;
}

function decimalsOf(value: number): number {
  return `${value}`.split('.')[1]?.length ?? 0;
}
