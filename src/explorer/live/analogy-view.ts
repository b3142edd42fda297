// Analogies, a is to b as c is to ?, with the parallelogram drawn; and the similarity of pairs.
import { setHtml } from '../../page/html.ts';
import type { AnalogyAnswer } from '../answers.ts';
import { exampleAnalogies } from '../formulas.ts';
import { parallelogramSvg } from '../parallelogram-svg.ts';
import { strings } from '../strings.ts';
import type { App, ViewPart } from './app.ts';
import { make } from './elements.ts';
import { createPairsPanel } from './pairs-panel.ts';
import { chips, problemOf, showProblem } from './problems.ts';
import { completerOf } from './vocabulary.ts';
import { createWordBox } from './word-box.ts';

const ANSWERS = 10;
const WIDEST = 620;

export function createAnalogyView(app: App): ViewPart {
  const say = strings.analogy;
  const names = ['a', 'b', 'c'] as const;
  const boxes = names.map((name) =>
    createWordBox({
      id: `analogy-${name}`,
      label: say[name],
      completer: () => completerOf(app.spaces[app.state.file]),
      chosen: takeWords,
    }),
  );
  const between = [say.isTo, say.as];
  const form = make(
    'form',
    {
      class: 'analogy-form',
      onsubmit: (event: Event) => {
        event.preventDefault();
        takeWords();
      },
    },
    ...boxes.flatMap(({ element }, at) =>
      at === 0 ? [element] : [make('span', { class: 'between' }, between[at - 1]), element],
    ),
    make('span', { class: 'between' }, say.end),
    make('button', { type: 'submit', class: 'main' }, say.ask),
  );
  const place = make('div', { class: 'answer' });
  const picture = make('figure', {});
  const table = make('div', {});
  const pairs = createPairsPanel(app);
  const element = make(
    'div',
    { class: 'page-view' },
    make(
      'section',
      { 'aria-labelledby': 'analogy-title' },
      make('h2', { id: 'analogy-title' }, say.title),
      make('p', { class: 'soft' }, say.lead),
      form,
      place,
      make('div', { class: 'columns' }, table, picture),
    ),
    pairs.element,
  );

  let asked = '';
  let answer: AnalogyAnswer | undefined;

  function takeWords(): void {
    const words = boxes.map(({ input }) => input.value.trim());
    const fields = Object.fromEntries(names.map((name, at) => [name, words[at]]));
    const missing = boxes.find((_, at) => words[at] === '');
    if (missing === undefined) app.set({ fields: { ...app.state.fields, ...fields } });
    else if (missing.input !== document.activeElement) missing.input.focus();
  }

  function askFor(words: readonly [string, string, string]): void {
    const [a, b, c] = words;
    app.set({ fields: { ...app.state.fields, a, b, c } });
  }

  function showEmpty(): void {
    answer = undefined;
    picture.replaceChildren();
    table.replaceChildren();
    const { rowOf } = app.spaces[app.state.file];
    const known = exampleAnalogies.filter((words) => words.every((word) => rowOf.has(word)));
    const buttons = known.map((words) =>
      make('button', { type: 'button', class: 'chip', onclick: () => askFor(words) }, say.question(...words)),
    );
    place.replaceChildren(...(buttons.length > 0 ? [chips(say.empty, buttons)] : []));
  }

  async function question(words: readonly [string, string, string]): Promise<void> {
    const { file } = app.state;
    const key = asked;
    for (const { input } of boxes) input.removeAttribute('aria-invalid');
    try {
      const found = await app.answers.analogy(file, words, ANSWERS);
      if (key !== asked) return;
      answer = found;
      showAnswer(found);
    } catch (error) {
      if (key !== asked) return;
      asked = ''; // the same question may be asked again, for instance after the server was gone
      showEmpty();
      const { rowOf } = app.spaces[file];
      const problem = problemOf(error, rowOf);
      const wrong = words.findIndex((word) => !rowOf.has(word));
      boxes[wrong]?.input.setAttribute('aria-invalid', 'true');
      showProblem(place, problem, (word) => {
        const corrected = [...words] as [string, string, string];
        corrected[Math.max(wrong, 0)] = word;
        askFor(corrected);
      });
      app.say(problem.text, { bad: true });
    }
  }

  function showAnswer({ query, answers }: AnalogyAnswer): void {
    const asked = say.question(...query);
    const [best] = answers;
    if (best === undefined) {
      table.replaceChildren(make('p', { class: 'problem' }, say.none));
      picture.replaceChildren();
      return;
    }
    place.replaceChildren(make('p', { class: 'result' }, say.found(...query, ''), make('b', {}, best.word)));
    const rows = answers.map(({ word, score }, rank) =>
      make(
        'tr',
        {},
        make('td', { class: 'number' }, `${rank + 1}`),
        make(
          'th',
          { scope: 'row', dir: 'auto' },
          make('button', { type: 'button', class: 'link', onclick: () => app.set({ view: 'map', query: word }) }, word),
        ),
        make('td', { class: 'number' }, score.toFixed(3)),
      ),
    );
    table.replaceChildren(
      make(
        'table',
        {},
        make('caption', { class: 'unseen' }, `${say.answers}: ${asked}`),
        make(
          'thead',
          {},
          make(
            'tr',
            {},
            make('th', { scope: 'col', class: 'number' }, say.rank),
            make('th', { scope: 'col' }, say.answer),
            make('th', { scope: 'col', class: 'number' }, say.score),
          ),
        ),
        make('tbody', {}, ...rows),
      ),
    );
    drawPicture();
    app.say(say.found(...query, best.word), { quiet: true });
  }

  function drawPicture(): void {
    if (answer?.answers[0] === undefined || element.hidden) return;
    const drawn = make('div', {});
    picture.replaceChildren(drawn, make('figcaption', {}, say.caption));
    setHtml(drawn, parallelogramSvg(answer, Math.min(WIDEST, Math.max(280, picture.clientWidth))));
  }
  new ResizeObserver(() => drawPicture()).observe(element);

  return {
    name: 'analogy',
    title: strings.views.analogy,
    available: true,
    element,
    update() {
      const { file, fields } = app.state;
      const words = names.map((name) => fields[name] ?? '') as [string, string, string];
      pairs.update();
      const now = JSON.stringify([file, ...words]);
      if (now === asked) return;
      asked = now;
      for (const [at, { input }] of boxes.entries()) {
        if (words[at] !== '') input.value = words[at];
      }
      if (words.includes('')) showEmpty();
      else void question(words);
    },
  };
}
