// Finds elements of the page, and keeps the focus when they are replaced.

export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
}

export function all<T extends HTMLElement = HTMLElement>(selector: string, within: ParentNode = document): T[] {
  return [...within.querySelectorAll<T>(selector)];
}

export const escapedForSelector = (text: string): string => CSS.escape(text);

/** If the focused element is replaced, its successor with the same `data-key` or id gets the focus. */
export function keepingFocus(replace: () => void): void {
  const before = document.activeElement as HTMLElement | null;
  const { key } = before?.dataset ?? {};
  const selector =
    key !== undefined
      ? `[data-key="${escapedForSelector(key)}"]`
      : before?.id
        ? `#${escapedForSelector(before.id)}`
        : '';
  replace();
  if (before === null || selector === '' || before.isConnected) return;
  document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
}
