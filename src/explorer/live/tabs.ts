// The views as tabs: the pattern of ARIA's authoring practices, where arrow keys choose the next tab.
import { strings } from '../strings.ts';
import type { App, ViewPart } from './app.ts';
import { make } from './elements.ts';

export function createTabs(app: App, views: readonly ViewPart[], main: HTMLElement): HTMLElement {
  const tabs = views.map(({ name, title, element }) => {
    const tab = make(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${name}`,
        'aria-controls': `view-${name}`,
        onclick: () => app.set({ view: name }),
      },
      title,
    );
    element.id = `view-${name}`;
    element.classList.add('view');
    element.setAttribute('role', 'tabpanel');
    element.setAttribute('aria-labelledby', tab.id);
    main.append(element);
    return tab;
  });
  const list = make('div', { role: 'tablist', 'aria-label': strings.viewsLabel }, ...tabs);
  list.addEventListener('keydown', ({ key, altKey, ctrlKey, metaKey }) => {
    const at = tabs.indexOf(document.activeElement as HTMLButtonElement);
    const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 };
    const next = steps[key];
    if (next === undefined || altKey || ctrlKey || metaKey) return;
    const chosen = (next + tabs.length) % tabs.length;
    app.set({ view: views[chosen].name });
    tabs[chosen].focus();
  });

  function show(): void {
    for (const [at, { name, element }] of views.entries()) {
      const isShown = name === app.state.view;
      element.hidden = !isShown;
      tabs[at].setAttribute('aria-selected', `${isShown}`);
      tabs[at].tabIndex = isShown ? 0 : -1;
      if (isShown) intoSight(list, tabs[at]);
    }
    views.find(({ name }) => name === app.state.view)!.update();
  }
  app.subscribe(show);
  show();
  return list;
}

/** On a narrow screen the row of tabs scrolls. */
function intoSight(list: HTMLElement, tab: HTMLElement): void {
  list.scrollLeft = tab.offsetLeft - list.offsetLeft - (list.clientWidth - tab.clientWidth) / 2;
}
