// The target words of an association test by their association with the attributes, as an SVG picture: a strip for each
// list, its mean as a line.

import { type Html, html } from '../page/html.ts';
import { placedLabels } from '../page/point-labels.ts';
import { linearScale, pixel, svgLine, svgPicture, svgText } from '../page/svg.ts';
import type { Association } from '../query/association.ts';
import { associationStrings } from './compare-strings.ts';

const EDGE = { left: 14, right: 14, top: 26, bottom: 40 };
const STRIP = 120;
const HEIGHT = EDGE.top + 2 * STRIP + EDGE.bottom;

/** `width`: of the picture, in pixels; `names`: of the two lists of targets and of the two of attributes. */
export function associationSvg(
  { used: { targets }, associations }: Association,
  names: { targets: readonly string[]; attributes: readonly string[] },
  width: number,
): Html {
  const say = associationStrings.result;
  const all = associations.flat();
  const room = (Math.max(...all) - Math.min(...all)) * 0.06;
  const [low, high] = [Math.min(...all, 0) - room, Math.max(...all, 0) + room];
  const x = linearScale(low, high, EDGE.left, width - EDGE.right, 6);
  const bottom = HEIGHT - EDGE.bottom;
  const places = associations.flatMap((values, list) =>
    values.map((value, at) => ({
      x: x(value),
      // Three lanes, so that words of similar association do not cover each other.
      y: EDGE.top + list * STRIP + 44 + (at % 3) * 28,
      label: targets[list][at],
      list,
    })),
  );
  const labels = placedLabels(places, width, { omit: true });
  const [first, second] = names.attributes;
  const parts = [
    ...x.ticks.flatMap((tick) => [
      svgLine(x(tick), EDGE.top, x(tick), bottom, html`class="${tick === 0 ? 'axis' : 'grid'}"`),
      svgText(x(tick), bottom + 16, `${tick}`, html`class="tick" text-anchor="middle"`),
    ]),
    svgText(EDGE.left, HEIGHT - 6, `← ${second}`, html`class="heading"`),
    svgText(width - EDGE.right, HEIGHT - 6, `${first} →`, html`class="heading" text-anchor="end"`),
    ...associations.map((values, list) => {
      const top = EDGE.top + list * STRIP;
      const mean = x(values.reduce((sum, value) => sum + value, 0) / values.length);
      const heading = svgText(EDGE.left, top + 16, names.targets[list], html`class="heading"`);
      return html`<g class="s${list}">${svgLine(mean, top + 4, mean, top + STRIP - 6, html`class="line"`)}${heading}</g>`;
    }),
    ...places.map(({ x, y, list }) => html`<circle class="dot s${list}" cx="${pixel(x)}" cy="${pixel(y)}" r="4"/>`),
    ...labels.map(({ x, y, anchor, text }) => svgText(x, y, text, html`class="name" text-anchor="${anchor}"`)),
  ];
  return svgPicture(width, HEIGHT, say.picture(first!, second!), parts, html`class="plot association"`);
}
