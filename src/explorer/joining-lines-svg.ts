// The lines between two lists of words, as an SVG picture that stands between them.
import { type Html, html } from '../page/html.ts';
import { pixel } from '../page/svg.ts';

/** Height of a word of the lists, in pixels. */
export const ROW_HEIGHT = 32;
const WIDTH = 96;

/** `lines`: places, from 0, left and right; `rows`: of the longer list. */
export function joiningLinesSvg(lines: readonly (readonly [number, number])[], rows: number): Html {
  const middle = (place: number) => pixel((place + 0.5) * ROW_HEIGHT);
  const paths = lines.map(([left, right]) => {
    const kind = left === right ? 'same' : 'moved';
    return html`<path class="${kind}" d="M4 ${middle(left)}C${WIDTH / 2} ${middle(left)} ${WIDTH / 2} ${middle(right)} ${WIDTH - 4} ${middle(right)}"/>`;
  });
  return html`<svg viewBox="0 0 ${WIDTH} ${rows * ROW_HEIGHT}" width="${WIDTH}" height="${rows * ROW_HEIGHT}">${paths}</svg>`;
}
