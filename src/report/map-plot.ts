// Draws the word map of one route: a marker for each word by class, and as many labels as fit.

import { percentage } from '../base/format-numbers.ts';
import type { RouteMap, WordMap } from '../compare/word-map.ts';
import { type Html, html } from '../page/html.ts';
import { type LabelSize, placedLabels } from '../page/point-labels.ts';
import { STYLES } from '../page/style.ts';
import { markPath, pixel, svgLine, svgPicture, svgText } from '../page/svg.ts';

const SIZE = 480;
const EDGE = 26;

/** Labels of 11 pixels. */
const small: LabelSize = {
  width: (text) => text.length * 6.6 + 2,
  ...{ up: 10, down: 2, beside: 7, above: 8, below: 15, point: 4 },
};

export function mapPlot(map: WordMap, { route, points, kept }: RouteMap): Html {
  // The same scale for both axes; the height fits the points.
  const range = (values: number[]) => ({ low: Math.min(0, ...values), high: Math.max(0, ...values) });
  const across = range(points.map((point) => point.x));
  const up = range(points.map((point) => point.y));
  const unit = (SIZE - 2 * EDGE) / Math.max(across.high - across.low, (up.high - up.low) * 0.9, 1e-9);
  const height = Math.round((up.high - up.low) * unit + 2 * EDGE);
  const middle = (SIZE - (across.high - across.low) * unit) / 2;
  const x = (value: number) => middle + (value - across.low) * unit;
  const y = (value: number) => height - EDGE - (value - up.low) * unit;
  const places = points.map((point) => ({ x: x(point.x), y: y(point.y) }));
  const styles = map.words.map(({ group }) => (group === undefined ? 0 : map.groups.indexOf(group) % STYLES));
  const marks = places.map((place, at) => {
    const { word, group } = map.words[at];
    const description = group === undefined ? word : `${word} (${group})`;
    const moved = `translate(${pixel(place.x)} ${pixel(place.y)})`;
    return html`<g class="word g${styles[at]}" data-word="${word}" transform="${moved}"><title>${description}</title><path class="dot" d="${markPath(styles[at], 4)}"/></g>`;
  });
  // Alternates between classes, so that no class takes all the space.
  const order = places.map((_, at) => at).sort((a, b) => ((a * 7919) % 101) - ((b * 7919) % 101) || a - b);
  const named = order.map((at) => ({ ...places[at], label: map.words[at].word }));
  const labels = placedLabels(named, SIZE, { size: small, height, omit: true, share: false }).map((label) => {
    const { x, y, anchor, text } = label;
    const attributes = html`class="name g${styles[order[label.at]]}" data-word="${text}" text-anchor="${anchor}"`;
    return svgText(x, y, text, attributes);
  });
  const axes = [
    svgLine(x(0), EDGE / 2, x(0), height - EDGE / 2, html`class="grid"`),
    svgLine(EDGE / 2, y(0), SIZE - EDGE / 2, y(0), html`class="grid"`),
  ];
  const label = `${route}: ${map.words.length} words in two dimensions, which keep ${percentage(kept, 0)} of the whole`;
  return svgPicture(SIZE, height, label, [axes, marks, labels], html`class="map"`);
}
