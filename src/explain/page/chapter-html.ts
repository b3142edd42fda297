// A chapter of the lesson as HTML, complete without JavaScript.

import { type Html, html, joined } from '../../page/html.ts';
import { tableHtml } from '../../page/report-table.ts';
import type { Block, Chapter, Formula, Question, Table } from '../blocks.ts';
import { cellText } from '../figures.ts';
import type { Strings } from '../strings/strings.ts';
import { graphHtml } from './graph-html.ts';
import { plotHtml } from './plot-svg.ts';
import { treeHtml } from './tree-svg.ts';

/** The chapter's content, without its heading. */
export function chapterHtml({ name, blocks }: Chapter, strings: Strings): Html {
  return joined(
    blocks.map((block, at) => blockHtml(block, `${name}-${at + 1}`, strings)),
    '\n',
  );
}

function blockHtml(block: Block, id: string, strings: Strings): Html {
  switch (block.kind) {
    case 'heading':
      return html`<h3>${block.text}</h3>`;
    case 'paragraph':
      return html`<p>${block.text}</p>`;
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

export function formulaHtml({ name, symbolic, numbers }: Formula): Html {
  return html`<div class="formula"><span class="formula-name">${name}</span><code>${symbolic}</code><code class="numbers">${numbers}</code></div>`;
}

export function lessonTable({ title, columns, rows }: Table, id: string): Html {
  const shown = {
    id,
    title,
    caption: title,
    columns: columns.map(({ title, align }, at) => ({
      title,
      align: align ?? (rows.some((row) => typeof row[at] === 'number') ? 'right' : undefined),
    })),
    rows: rows.map((row) => row.map((cell, at) => cellText(cell, columns[at].digits))),
  };
  // The visible title stands above the table, because it may be wider than the table. The caption is for screen
  // readers.
  return html`<p class="table-title" aria-hidden="true">${title}</p>${tableHtml(shown, { captionSeen: false })}`;
}

/** A question with a hidden answer. The form needs JavaScript; the answer opens without. */
function questionHtml({ prompt, answer, tolerance, explanation }: Question, id: string, strings: Strings): Html {
  const { answerLabel, check, reveal } = strings.page;
  const label = html`<label for="${id}-answer">${answerLabel}</label>`;
  const input = html`<input id="${id}-answer" inputmode="decimal" autocomplete="off" size="8">`;
  const form = html`<form class="live" data-question data-answer="${answer}" data-tolerance="${tolerance}">${label}${input}<button>${check}</button><output for="${id}-answer" role="status"></output></form>`;
  return html`<div class="question" id="${id}"><p><strong>${strings.question}.</strong> ${prompt}</p>${form}<details><summary>${reveal}</summary><p><strong>${cellText(answer, decimalsOf(answer))}</strong>. ${explanation}</p></details></div>`;
}

function decimalsOf(value: number): number {
  return `${value}`.split('.')[1]?.length ?? 0;
}
