// A field for a word or a sum of words with completion: the combobox of ARIA's authoring practices.
import { type Completer, termAt } from '../complete.ts';
import { strings } from '../strings.ts';
import { make } from './elements.ts';

export interface WordBoxOptions {
  id: string;
  label: string;
  placeholder?: string;
  completer(): Completer;
  /** A suggestion was chosen, or Enter was pressed. */
  chosen(text: string): void;
  /** Escape in a field without suggestions. */
  escaped?(): void;
}

export interface WordBox {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
}

export function createWordBox({ id, label, placeholder, completer, chosen, escaped }: WordBoxOptions): WordBox {
  let suggestions: string[] = [];
  let active = -1;
  const input = make('input', {
    id,
    type: 'text',
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': `${id}-list`,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    placeholder,
  });
  const list = make('ul', {
    id: `${id}-list`,
    role: 'listbox',
    'aria-label': strings.search.suggestions,
    hidden: true,
  });
  const count = make('span', { class: 'unseen', role: 'status' });

  function show(words: readonly string[]): void {
    suggestions = [...words];
    list.replaceChildren(
      ...words.map((word, at) =>
        make('li', { id: `${id}-${at}`, role: 'option', 'aria-selected': 'false', 'data-at': at, dir: 'auto' }, word),
      ),
    );
    list.hidden = words.length === 0;
    input.setAttribute('aria-expanded', `${words.length > 0}`);
    activate(-1);
  }

  function activate(at: number): void {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = at;
    const option = list.children[at];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
  }

  function choose(at: number): void {
    const { start, end } = termAt(input.value, input.selectionStart ?? input.value.length);
    const word = suggestions[at];
    input.value = input.value.slice(0, start) + word + input.value.slice(end);
    input.setSelectionRange(start + word.length, start + word.length);
    show([]);
    chosen(input.value.trim());
  }

  input.addEventListener('input', () => {
    const { term } = termAt(input.value, input.selectionStart ?? input.value.length);
    show(completer()(term));
    count.textContent = term === '' ? '' : strings.search.count(suggestions.length);
  });
  input.addEventListener('keydown', (event) => {
    const isOpen = suggestions.length > 0;
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (active >= 0) return choose(active);
      show([]);
      chosen(input.value.trim());
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (isOpen) show([]);
      else escaped?.();
    } else if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const places = suggestions.length + 1; // one is the field itself
      activate(((active + 1 + step + places) % places) - 1);
    } else if (isOpen && event.key === 'Tab') show([]);
  });
  input.addEventListener('blur', () => show([]));
  list.addEventListener('pointerdown', (event) => {
    event.preventDefault(); // the focus stays in the field
    const at = (event.target as Element).closest<HTMLElement>('[data-at]')?.dataset.at;
    if (at !== undefined) choose(Number(at));
  });
  const element = make('div', { class: 'word-box' }, make('label', { for: id }, label), input, list, count);
  return { element, input };
}
