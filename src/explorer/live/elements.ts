// Makes and finds elements of the page. Text becomes text nodes, so no word is ever read as HTML.

export type Child = Node | string;
type Attribute = string | number | boolean | undefined | ((event: never) => void);

/** `onclick` and the like are listeners; true is an attribute without a value; false and undefined are none. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : `${value}`);
  }
  element.append(...children);
  return element;
}

export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
}

/** A label with a control that it names. */
export function labeled(text: string, control: HTMLElement): HTMLElement {
  return make('label', { class: 'field' }, make('span', {}, text), control);
}

export function choice<T extends string>(
  options: readonly (readonly [value: T, name: string])[],
  chosen: (value: T) => void,
  attributes: Readonly<Record<string, Attribute>> = {},
): HTMLSelectElement {
  const select = make('select', attributes);
  setOptions(select, options);
  select.addEventListener('change', () => chosen(select.value as T));
  return select;
}

/** Replaces the options unless they are the same already. */
export function setOptions(
  select: HTMLSelectElement,
  options: readonly (readonly [value: string, name: string])[],
): void {
  const is = [...select.options].map(({ value, text }) => [value, text]);
  if (JSON.stringify(is) === JSON.stringify(options)) return;
  select.replaceChildren(...options.map(([value, name]) => make('option', { value }, name)));
}
