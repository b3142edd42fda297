// Words on one axis or two, each given by a pair of words or by a sum; drawn, and as a table.
import { setHtml } from '../../page/html.ts';
import type { AxesAnswer } from '../answers.ts';
import { areKnown, axisOf, exampleAxes, wordsIn } from '../formulas.ts';
import { scatterSvg } from '../scatter-svg.ts';
import { strings } from '../strings.ts';
import type { App, ViewPart } from './app.ts';
import { choice, labeled, make } from './elements.ts';
import { chips, problemOf, showProblem } from './problems.ts';
import { saveList } from './save.ts';

type Source = keyof typeof strings.axes.sources;
const FREQUENT = 60;
const MOST = 500; // words in one picture

export function createAxesView(app: App): ViewPart {
  const say = strings.axes;
  const text = (id: string) =>
    make('input', {
      id,
      type: 'text',
      autocapitalize: 'off',
      spellcheck: 'false',
      autocomplete: 'off',
      'aria-describedby': 'axes-hint',
    });
  const [x, y] = [text('axis-x'), text('axis-y')];
  const typed = make('textarea', { id: 'axis-words', rows: 3, spellcheck: 'false' });
  const source = choice<Source>(Object.entries(say.sources) as [Source, string][], showTyped, { id: 'axis-source' });
  const typedField = labeled(say.typed, typed);
  const form = make(
    'form',
    { class: 'axes-form', onsubmit: take },
    labeled(say.x, x),
    labeled(say.y, y),
    make('p', { class: 'soft hint', id: 'axes-hint' }, say.hint),
    labeled(say.words, source),
    typedField,
    make('button', { type: 'submit', class: 'main' }, say.show),
  );
  const place = make('div', { class: 'answer' });
  const picture = make('figure', {});
  const table = make('div', {});
  const element = make(
    'div',
    { class: 'page-view' },
    make(
      'section',
      { 'aria-labelledby': 'axes-title' },
      make('h2', { id: 'axes-title' }, say.title),
      make('p', { class: 'soft' }, say.lead),
      form,
      place,
      picture,
      table,
    ),
  );
  let asked = '';
  let answer: AxesAnswer | undefined;

  function showTyped(): void {
    typedField.hidden = source.value !== 'typed';
  }

  function take(event?: Event): void {
    event?.preventDefault();
    setFields({
      x: x.value.trim(),
      y: y.value.trim(),
      of: source.value,
      words: source.value === 'typed' ? typed.value.trim() : '',
    });
  }

  function setFields(fields: Record<string, string>): void {
    app.set({ fields: { ...app.state.fields, ...fields } });
  }

  function wordsOf(from: Source): string[] {
    const { list } = app.spaces[app.state.file];
    if (from === 'marked') return app.state.marked.slice(0, MOST);
    if (from === 'typed') return wordsIn(app.state.fields.words ?? '').slice(0, MOST);
    return list.slice(0, FREQUENT);
  }

  function showEmpty(): void {
    answer = undefined;
    picture.replaceChildren();
    table.replaceChildren();
    const { rowOf } = app.spaces[app.state.file];
    const known = exampleAxes.filter((example) => areKnown(`${example.x} ${example.y}`, rowOf));
    const buttons = known.map((example) =>
      make(
        'button',
        {
          type: 'button',
          class: 'chip',
          onclick: () =>
            setFields({
              ...example,
              words: wordsIn(example.words)
                .filter((word) => rowOf.has(word))
                .join(' '),
              of: 'typed',
            }),
        },
        say.example(example.x, example.y),
      ),
    );
    place.replaceChildren(...(buttons.length > 0 ? [chips(say.empty, buttons)] : []));
  }

  async function question(axes: string[], words: string[]): Promise<void> {
    const { file } = app.state;
    const key = asked;
    for (const field of [x, y]) field.removeAttribute('aria-invalid');
    if (words.length === 0) {
      showEmpty();
      place.prepend(make('p', { class: 'problem' }, say.noWords));
      return;
    }
    try {
      const found = await app.answers.axes(file, words, axes);
      if (key !== asked) return;
      answer = found;
      place.replaceChildren(
        ...(found.missing.length > 0 ? [make('p', { class: 'problem' }, say.missing(found.missing))] : []),
      );
      drawPicture();
      showTable(found);
      app.say(say.picture(found.points.length, found.axes), { quiet: true });
    } catch (error) {
      if (key !== asked) return;
      asked = ''; // the same question may be asked again
      showEmpty();
      const { rowOf } = app.spaces[file];
      const problem = problemOf(error, rowOf);
      const unknown = [x, y].find(({ value }) =>
        wordsIn(axisOf(value)).some((word) => !/^[+-]$/.test(word) && !rowOf.has(word)),
      );
      unknown?.setAttribute('aria-invalid', 'true');
      showProblem(place, problem, (word) => {
        const field = unknown ?? x;
        const wrong = wordsIn(field.value).find((each) => !/^(?:[+-]|→|->)$/.test(each) && !rowOf.has(each));
        field.value = wrong === undefined ? word : field.value.replace(wrong, () => word);
        take();
      });
      app.say(problem.text, { bad: true });
    }
  }

  function drawPicture(): void {
    if (answer === undefined || element.hidden || picture.clientWidth === 0) return;
    setHtml(picture, scatterSvg(answer, Math.max(300, Math.min(picture.clientWidth, 900))));
  }
  new ResizeObserver(() => drawPicture()).observe(picture);

  function showTable({ axes, points }: AxesAnswer): void {
    const sorted = [...points].sort((a, b) => b.at[0] - a.at[0]);
    const head = [say.word, ...axes].map((name, at) =>
      make('th', { scope: 'col', class: at === 0 ? undefined : 'number' }, name),
    );
    const rows = sorted.map(({ word, at }) =>
      make(
        'tr',
        {},
        make('th', { scope: 'row', dir: 'auto' }, word),
        ...at.map((value) => make('td', { class: 'number' }, value.toFixed(3))),
      ),
    );
    const save = make(
      'button',
      {
        type: 'button',
        onclick: () =>
          saveList(
            'axes',
            'csv',
            ['word', ...axes],
            sorted.map(({ word, at }) => [word, ...at]),
          ),
      },
      say.save,
    );
    table.replaceChildren(
      make(
        'details',
        {},
        make('summary', {}, say.table),
        save,
        make(
          'table',
          {},
          make('caption', { class: 'unseen' }, say.picture(points.length, axes)),
          make('thead', {}, make('tr', {}, ...head)),
          make('tbody', {}, ...rows),
        ),
      ),
    );
  }

  return {
    name: 'axes',
    title: strings.views.axes,
    available: true,
    element,
    update() {
      const { file, fields, marked } = app.state;
      const from = Object.keys(say.sources).find((name) => name === fields.of) as Source | undefined;
      const axes = [fields.x ?? '', fields.y ?? ''].map(axisOf).filter((axis) => axis !== '');
      const words = wordsOf(from ?? 'frequent');
      const now = JSON.stringify([file, axes, words, marked.length]);
      if (now === asked) return drawPicture();
      asked = now;
      [x.value, y.value, typed.value] = [fields.x ?? '', fields.y ?? '', fields.words ?? ''];
      source.value = from ?? 'frequent';
      showTyped();
      if (axes.length === 0) showEmpty();
      else void question(axes, words);
    },
  };
}
