// Draws the word map of one route: a marker for each word by class, and as many labels as fit.
import type { RouteMap, WordMap } from '../compare/word-map.ts';
import { percentage } from '../format-numbers.ts';
import { type Html, html } from '../page/html.ts';
import { STYLES } from '../page/style.ts';
import { markPath, pixel, svgLine, svgPicture, svgText } from '../page/svg.ts';

const SIZE = 480;
const EDGE = 26;
const LETTER = 6.6; // approximate width of a label's letter
const LINE = 12;

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

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
    const { word, group } = map.words[at]!;
    const description = group === undefined ? word : `${word} (${group})`;
    const moved = `translate(${pixel(place.x)} ${pixel(place.y)})`;
    return html`<g class="word g${styles[at]}" data-word="${word}" transform="${moved}"><title>${description}</title><path class="dot" d="${markPath(styles[at]!, 4)}"/></g>`;
  });
  const labels = placeLabels(
    height,
    places,
    map.words.map(({ word }) => word),
  ).map(({ at, x, y, anchor }) => {
    const { word } = map.words[at]!;
    const attributes = html`class="name g${styles[at]}" data-word="${word}" text-anchor="${anchor}"`;
    return svgText(x, y, word, attributes);
  });
  const axes = [
    svgLine(x(0), EDGE / 2, x(0), height - EDGE / 2, html`class="grid"`),
    svgLine(EDGE / 2, y(0), SIZE - EDGE / 2, y(0), html`class="grid"`),
  ];
  const label = `${route}: ${map.words.length} words in two dimensions, which keep ${percentage(kept, 0)} of the whole`;
  return svgPicture(SIZE, height, label, [axes, marks, labels], html`class="map"`);
}

interface Label {
  at: number;
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

/** Places labels greedily: right of the marker, left, above, below; no label if all are occupied. */
function placeLabels(height: number, places: readonly { x: number; y: number }[], words: readonly string[]): Label[] {
  const taken: Box[] = places.map(({ x, y }) => ({ left: x - 5, top: y - 4, right: x + 5, bottom: y + 4 }));
  const found: Label[] = [];
  // Alternates between classes, so that no class takes all the space.
  const order = places.map((_, at) => at).sort((a, b) => ((a * 7919) % 101) - ((b * 7919) % 101) || a - b);
  for (const at of order) {
    const { x, y } = places[at]!;
    const labels: Label[] = [
      { at, x: x + 7, y: y + 4, anchor: 'start' },
      { at, x: x - 7, y: y + 4, anchor: 'end' },
      { at, x, y: y - 8, anchor: 'middle' },
      { at, x, y: y + 15, anchor: 'middle' },
    ];
    const free = labels.find((label) => {
      const box = boxOf(label, words[at]!);
      const inside = box.left > 0 && box.right < SIZE && box.top > 0 && box.bottom < height;
      return inside && !taken.some((other) => overlaps(box, other));
    });
    if (free === undefined) continue;
    taken.push(boxOf(free, words[at]!));
    found.push(free);
  }
  return found;
}

function boxOf({ x, y, anchor }: Label, word: string): Box {
  const width = word.length * LETTER + 2;
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { left, top: y - LINE + 2, right: left + width, bottom: y + 2 };
}

function overlaps(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
