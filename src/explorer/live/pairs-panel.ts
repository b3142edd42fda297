// The similarity of pairs of words, one pair a line.
import { areKnown, pairsIn } from '../formulas.ts';
import { strings } from '../strings.ts';
import type { App } from './app.ts';
import { make } from './elements.ts';
import { problemOf, showProblem } from './problems.ts';

const START = ['king queen', 'king cabbage', 'good bad', 'paris france'];

export function createPairsPanel(app: App): { element: HTMLElement; update(): void } {
  const say = strings.pairs;
  const field = make('textarea', { id: 'pairs', rows: 4, spellcheck: 'false', 'aria-describedby': 'pairs-lead' });
  const place = make('div', { class: 'answer' });
  const element = make(
    'section',
    { 'aria-labelledby': 'pairs-title' },
    make('h2', { id: 'pairs-title' }, say.title),
    make('p', { class: 'soft', id: 'pairs-lead' }, say.lead),
    make(
      'div',
      { class: 'columns' },
      make('div', { class: 'pairs-field' }, make('label', { for: 'pairs' }, say.label), field),
      place,
    ),
  );
  let asked = '';
  let typing: ReturnType<typeof setTimeout> | undefined;
  field.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => app.set({ fields: { ...app.state.fields, pairs: field.value } }), 400);
  });

  async function question(text: string): Promise<void> {
    const { file } = app.state;
    const key = asked;
    const { pairs, wrong } = pairsIn(text);
    const { rowOf } = app.spaces[file];
    try {
      const cosines = pairs.length === 0 ? [] : await app.answers.similarities(file, pairs);
      if (key !== asked) return;
      const rows = pairs.map(([a, b], at) => rowOfPair(`${a} – ${b}`, cosines[at] ?? null));
      const problems = wrong.map((line) => make('p', { class: 'problem' }, say.notPair(line)));
      const [pair, cosine] = say.columns;
      const table = make(
        'table',
        { class: 'pairs' },
        make('caption', { class: 'unseen' }, say.caption),
        make(
          'thead',
          {},
          make(
            'tr',
            {},
            make('th', { scope: 'col' }, pair),
            make('th', { scope: 'col', class: 'number' }, cosine),
            make('td', { 'aria-hidden': 'true' }),
          ),
        ),
        make('tbody', {}, ...rows),
      );
      place.replaceChildren(...(rows.length > 0 ? [table] : []), ...problems);
    } catch (error) {
      if (key !== asked) return;
      asked = ''; // the same question may be asked again
      const problem = problemOf(error, rowOf);
      const unknown = pairs.flat().find((word) => !rowOf.has(word));
      showProblem(place, problem, (word) => {
        app.set({ fields: { ...app.state.fields, pairs: replacedWord(text, unknown ?? '', word) } });
      });
    }
  }

  return {
    element,
    update() {
      const { file, fields } = app.state;
      const { rowOf } = app.spaces[file];
      const text = fields.pairs ?? START.filter((pair) => areKnown(pair, rowOf)).join('\n');
      const now = JSON.stringify([file, text]);
      if (now === asked) return;
      asked = now;
      if (document.activeElement !== field) field.value = text;
      void question(text);
    },
  };
}

function rowOfPair(pair: string, cosine: number | null): HTMLElement {
  const number = cosine === null ? strings.pairs.unknown : cosine.toFixed(3);
  const share = Math.min(Math.abs(cosine ?? 0), 1).toFixed(3);
  const meter = make('span', { class: (cosine ?? 0) < 0 ? 'meter below' : 'meter', style: `--share: ${share}` });
  return make(
    'tr',
    {},
    make('th', { scope: 'row', dir: 'auto' }, pair),
    make('td', { class: 'number' }, number),
    make('td', { class: 'wide', 'aria-hidden': 'true' }, meter),
  );
}

function replacedWord(text: string, from: string, to: string): string {
  return text
    .split(/([\s,;]+)/u)
    .map((part) => (part === from ? to : part))
    .join('');
}
