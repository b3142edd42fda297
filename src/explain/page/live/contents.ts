// The list of chapters beside the lesson: which chapter is being read, and on a narrow screen, where it lies above the
// lesson, closed until the reader opens it.
import { all } from './page-elements.ts';

const narrow = matchMedia('(max-width: 62rem)');
let watching: IntersectionObserver | undefined;

const details = () => document.querySelector<HTMLDetailsElement>('#contents');

/** To be called once. */
export function listenToContents(): void {
  narrow.addEventListener('change', openOrClose);
  document.addEventListener('click', ({ target }) => {
    if (narrow.matches && target instanceof Element && target.closest('#contents a')) openOrClose();
  });
}

/** After each change of the whole page. */
export function openContents(): void {
  openOrClose();
  watching?.disconnect();
  // A chapter is read while it crosses the upper part of the window.
  watching = new IntersectionObserver(
    (entries) => {
      const read = entries.findLast(({ isIntersecting }) => isIntersecting)?.target.id;
      if (read === undefined) return;
      for (const link of all<HTMLAnchorElement>('#contents a')) {
        if (link.hash === `#${read}`) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
    },
    { rootMargin: '-15% 0px -75% 0px' },
  );
  for (const section of all('main > section')) watching.observe(section);
}

function openOrClose(): void {
  const contents = details();
  if (contents) contents.open = !narrow.matches;
}
