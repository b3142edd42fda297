// The slider for the least frequency of words in both files.
import { compareStrings } from '../../compare-strings.ts';
import type { FrequencySteps } from '../../frequent-enough.ts';
import type { App } from '../app.ts';
import { make } from '../elements.ts';

export interface FrequencyField {
  readonly element: HTMLElement;
  /** The step chosen. */
  step(): number;
  update(): void;
}

export function createFrequencyField(app: App, { by, steps, start }: FrequencySteps): FrequencyField {
  const say = compareStrings.changed;
  const input = make('input', { type: 'range', id: 'least-frequency', min: 0, max: steps.length - 1, step: 1 });
  const name = make('label', { for: 'least-frequency' });
  const textOf = (step: number) => (by === 'count' ? say.minCount(step) : say.maxRank(step));
  input.addEventListener('input', () => {
    const chosen = Number(input.value);
    app.set({ fields: { ...app.state.fields, least: chosen === start ? '' : `${steps[chosen]}` } });
  });
  const place = () => {
    const asked = steps.indexOf(Number(app.state.fields.least));
    return asked < 0 ? start : asked;
  };
  return {
    element: make('div', { class: 'frequency' }, name, input),
    step: () => steps[place()],
    update() {
      input.value = `${place()}`;
      const text = textOf(steps[place()]);
      name.textContent = text;
      input.setAttribute('aria-valuetext', text);
    },
  };
}
