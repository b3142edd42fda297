// The Word Embedding Association Test: four lists of words, and the result with the words used and missing.
import type { Association } from '../../../query/association.ts';
import { type ListTexts, listFields, namesOfLists, testOf } from '../../association-lists.ts';
import { associationSets } from '../../association-sets.ts';
import { associationStrings } from '../../compare-strings.ts';
import { strings } from '../../strings.ts';
import type { App, ViewPart } from '../app.ts';
import { make } from '../elements.ts';
import { chips, problemOf, showProblem } from '../problems.ts';
import { createAssociationResult } from './association-result.ts';

export function createAssociationView(app: App): ViewPart {
  const say = associationStrings;
  const labels = [...say.targets, ...say.attributes];
  const fields = labels.map((label, at) => {
    const id = `association-${listFields[at]}`;
    const field = make('textarea', {
      id,
      rows: 4,
      spellcheck: 'false',
      autocapitalize: 'off',
      'aria-describedby': 'lists-hint',
    });
    return { field, element: make('div', { class: 'list-field' }, make('label', { for: id }, label), field) };
  });
  const presets = associationSets.map(({ targets, attributes }) => {
    const name = say.setName(
      targets.map(([name]) => name),
      attributes.map(([name]) => name),
    );
    const texts = [...targets, ...attributes].map(([, words]) => words);
    return make('button', { type: 'button', class: 'chip', onclick: () => take(texts) }, name);
  });
  const place = make('div', { class: 'answer' });
  const result = createAssociationResult();
  const form = make(
    'form',
    {
      class: 'association-form',
      onsubmit: (event: Event) => {
        event.preventDefault();
        take(fields.map(({ field }) => field.value));
      },
    },
    make('p', { class: 'soft hint', id: 'lists-hint' }, say.listHint),
    ...fields.map(({ element }) => element),
    make('button', { type: 'submit', class: 'main' }, say.test),
  );
  const element = make(
    'div',
    { class: 'page-view' },
    make(
      'section',
      { 'aria-labelledby': 'association-title' },
      make('h2', { id: 'association-title' }, say.title),
      make('p', { class: 'soft' }, say.lead),
      chips(say.sets, presets),
      form,
      place,
      result.element,
    ),
  );
  let asked = '';

  function take(texts: readonly string[]): void {
    const { targets, attributes } = testOf(texts as ListTexts);
    const short = [...targets, ...attributes].findIndex((list) => list.length < 2);
    for (const [at, { field }] of fields.entries()) {
      field.value = texts[at];
      if (at === short) field.setAttribute('aria-invalid', 'true');
      else field.removeAttribute('aria-invalid');
    }
    if (short >= 0) {
      const text = say.lacking(labels[short]);
      showProblem(place, { text, words: [] }, () => undefined);
      app.say(text, { bad: true });
      fields[short].field.focus();
      return;
    }
    const changed = Object.fromEntries(listFields.map((name, at) => [name, texts[at].trim().replace(/\s+/g, ' ')]));
    app.set({ fields: { ...app.state.fields, ...changed } });
  }

  async function question(texts: ListTexts): Promise<void> {
    const key = asked;
    const { file } = app.state;
    place.replaceChildren(make('p', { class: 'soft' }, say.testing));
    try {
      const found: Association = await app.answers.association(file, testOf(texts));
      if (key !== asked) return;
      place.replaceChildren();
      result.show(found, testOf(texts), namesOfLists(texts));
      app.say(say.result.said(found.effectSize.toFixed(2), say.result.below(found.p)));
    } catch (error) {
      if (key !== asked) return;
      result.clear();
      const problem = problemOf(error, app.spaces[file].rowOf);
      showProblem(place, { ...problem, words: [] }, () => undefined);
      app.say(problem.text, { bad: true });
    }
  }

  return {
    name: 'association',
    title: strings.views.association,
    available: true,
    element,
    update() {
      const { file, fields: state } = app.state;
      const texts = listFields.map((name) => state[name] ?? '') as unknown as ListTexts;
      const now = JSON.stringify([file, ...texts]);
      if (now === asked) return result.draw();
      asked = now;
      for (const [at, { field }] of fields.entries()) {
        if (texts[at] !== '') field.value = texts[at];
        field.removeAttribute('aria-invalid');
      }
      if (!texts.includes('')) return void question(texts);
      result.clear();
      place.replaceChildren(make('p', { class: 'soft' }, say.empty));
    },
  };
}
