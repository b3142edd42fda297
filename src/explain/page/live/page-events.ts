// The events of the page, handled at the document, so that elements can be replaced.

import type { Strings } from '../../strings/strings.ts';
import type { Place } from '../../walk/walk.ts';
import type { WalkName } from '../../walk/walks.ts';
import type { Benches } from './benches.ts';
import { all, byId } from './page-elements.ts';

export interface Listeners {
  settingsTyped(): void;
  languageChosen(language: string): void;
  reset(): void;
  questionAnswered(form: HTMLFormElement): void;
  hashChanged(): void;
  bench: Benches;
}

/** Milliseconds without typing before everything is recomputed. */
const TYPING = 250;

const keys: Readonly<Record<string, [by: keyof Place | 'start' | 'end', step: 1 | -1]>> = {
  ArrowRight: ['operation', 1],
  ArrowLeft: ['operation', -1],
  'Shift ArrowRight': ['pair', 1],
  'Shift ArrowLeft': ['pair', -1],
  'Shift ArrowDown': ['epoch', 1],
  'Shift ArrowUp': ['epoch', -1],
  Home: ['start', 1],
  End: ['end', 1],
};

export function listenToPage(listeners: Listeners): void {
  const { bench } = listeners;
  let typing: ReturnType<typeof setTimeout>;
  document.addEventListener('input', ({ target }) => {
    if (!(target as Element).closest('#settings')) return;
    clearTimeout(typing);
    typing = setTimeout(listeners.settingsTyped, TYPING);
  });
  document.addEventListener('change', ({ target }) => {
    const field = target as HTMLInputElement;
    if (field.id === 'set-language') listeners.languageChosen(field.value);
    else if (field.dataset.weight !== undefined) {
      const { weight } = field.dataset;
      setTimeout(() => bench.setWeight(weight, field.value)); // after the Tab key has moved the focus
    } else if (field.dataset.walk !== undefined) bench.choose(benchAround(field)!, field.value as WalkName);
  });
  document.addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    if (form.dataset.question !== undefined) listeners.questionAnswered(form);
  });
  document.addEventListener('click', (event) => {
    const target = event.target as Element;
    const button = target.closest<HTMLElement>('button');
    const link = target.closest<HTMLAnchorElement>('a[href^="#"]');
    if (button?.id === 'reset') listeners.reset();
    else if (button?.dataset.undo !== undefined) bench.undo(button.dataset.undo as WalkName);
    else if (button?.dataset.move !== undefined) {
      const [by, step] = button.dataset.move.split(' ') as [keyof Place | 'start', string?];
      bench.move(benchAround(button)!, by, step === '-1' ? -1 : 1);
    } else if (link) {
      event.preventDefault(); // the hash holds the state
      goTo(link.hash.slice(1));
    }
  });
  document.addEventListener('keydown', (event) => {
    const move = keys[`${event.shiftKey ? 'Shift ' : ''}${event.key}`];
    const at = benchOfKey(event);
    if (move === undefined || at === undefined) return;
    event.preventDefault();
    bench.move(at, ...move);
  });
  addEventListener('hashchange', listeners.hashChanged);
  openDetailsOnPaper();
}

const benchAround = (element: Element) => element.closest<HTMLElement>('[data-bench]') ?? undefined;

/** The bench that a key belongs to: the one around the focus, or without focus the most visible one. */
function benchOfKey(event: KeyboardEvent): HTMLElement | undefined {
  const target = event.target as Element;
  if (event.altKey || event.ctrlKey || event.metaKey) return undefined;
  if (target.closest('input, textarea, select, .scroll, #settings')) return undefined;
  const around = benchAround(target);
  if (
    around !== undefined ||
    target !== document.body ||
    event.key === 'Home' ||
    event.key.endsWith('Up') ||
    event.key.endsWith('Down')
  ) {
    return around;
  }
  const inSight = all('[data-bench]').map((bench) => {
    const { top, bottom } = bench.getBoundingClientRect();
    return { bench, pixels: Math.min(bottom, innerHeight) - Math.max(top, 0) };
  });
  inSight.sort((a, b) => b.pixels - a.pixels);
  return inSight[0] !== undefined && inSight[0].pixels > 0 ? inSight[0].bench : undefined;
}

function goTo(id: string): void {
  const element = byId(id);
  element.scrollIntoView();
  const heading = element.matches('main, [data-bench]')
    ? element
    : (element.querySelector<HTMLElement>('h2') ?? element);
  heading.focus({ preventScroll: true });
}

function openDetailsOnPaper(): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    opened = all<HTMLDetailsElement>('.chapter details:not([open])');
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });
}

/** Checks the reader's answer to a question. */
export function answerQuestion(form: HTMLFormElement, { page }: Strings): void {
  const text = form
    .querySelector('input')!
    .value.replace(/,(?=\d{3}\b)/g, '')
    .trim();
  const output = form.querySelector('output')!;
  const given = Number(text);
  if (text === '' || !Number.isFinite(given)) {
    output.textContent = page.noNumber;
    return;
  }
  const answer = Number(form.dataset.answer);
  const isRight = Math.abs(given - answer) <= Number(form.dataset.tolerance) + 1e-9;
  output.textContent = isRight ? `✓ ${page.right}` : `✗ ${page.wrong(given < answer)}`;
  if (isRight) form.parentElement!.querySelector('details')!.open = true;
}
