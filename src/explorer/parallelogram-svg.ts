// The parallelogram of an analogy, a is to b as c is to d, in the plane through a, b and c, as an SVG picture.

import { type Html, html } from '../page/html.ts';
import { placedLabels } from '../page/point-labels.ts';
import { pixel, svgLine, svgPicture, svgText } from '../page/svg.ts';
import type { AnalogyAnswer, Point } from './answers.ts';
import { strings } from './strings.ts';

const EDGE = 44;
const SHOWN = 5; // answers in the picture

/** `width`: of the picture, in pixels. */
export function parallelogramSvg({ query, answers, plane }: AnalogyAnswer, width: number): Html {
  const { a, b, c, target } = plane;
  const others = plane.answers.slice(0, SHOWN);
  const place = scaled([a, b, c, target, ...others], width);
  const at = (point: Point) => place.of(point);
  const side = (from: Point, to: Point, kind: string) => {
    const [start, end] = [at(from), at(to)];
    return svgLine(start.x, start.y, end.x, end.y, html`class="${kind}"`);
  };
  const named: { point: Point; label: string; kind: string }[] = [
    { point: a, label: query[0], kind: 'corner' },
    { point: b, label: query[1], kind: 'corner' },
    { point: c, label: query[2], kind: 'corner' },
    ...others.map((point, rank) => ({ point, label: answers[rank].word, kind: rank === 0 ? 'best' : 'other' })),
    { point: target, label: strings.analogy.target, kind: 'target' },
  ];
  // The names of corners stand outside the parallelogram; other answers have one where there is room.
  const corners = named.filter(({ kind }) => kind === 'corner' || kind === 'target');
  const middle = { x: mean(corners.map(({ point }) => at(point).x)), y: mean(corners.map(({ point }) => at(point).y)) };
  const inner = named.filter((each) => !corners.includes(each));
  const places = placedLabels(
    [...inner, ...corners].map(({ point, label }) => ({ ...at(point), label })),
    width,
    { omit: true },
  );
  const parts = [
    side(a, c, 'side'),
    side(b, target, 'side'),
    side(a, b, 'relation'),
    side(c, target, 'relation'),
    ...arrowHead(at(a), at(b)),
    ...arrowHead(at(c), at(target)),
    ...(others[0] === undefined ? [] : [side(target, others[0], 'miss')]),
    ...named.map(({ point, kind }) => markSvg(at(point), kind)),
    ...places
      .filter(({ text }) => inner.some(({ label }) => text.startsWith(label)))
      .map((place) => nameSvg(place, place.text, place.anchor, kindOf(inner, place.text))),
    ...corners.map(({ point, label, kind }) => outsideName(at(point), middle, label, kind)),
  ];
  const label = strings.analogy.picture(...query, answers[0]?.word ?? '');
  return svgPicture(width, place.height, label, parts, html`class="plot parallelogram"`);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const kindOf = (named: readonly { label: string; kind: string }[], text: string): string =>
  named.find(({ label }) => text.startsWith(label))?.kind ?? 'other';

function nameSvg({ x, y }: Point, text: string, anchor: string, kind: string): Html {
  return svgText(x, y, text, html`class="name ${kind}" text-anchor="${anchor}"`);
}

function outsideName(point: Point, middle: Point, text: string, kind: string): Html {
  const isFlat = Math.abs(point.y - middle.y) < 12;
  const isRight = point.x > middle.x;
  if (isFlat)
    return nameSvg({ x: point.x + (isRight ? 12 : -12), y: point.y + 5 }, text, isRight ? 'start' : 'end', kind);
  return nameSvg({ x: point.x, y: point.y + (point.y < middle.y ? -13 : 23) }, text, 'middle', kind);
}

function markSvg({ x, y }: Point, kind: string): Html {
  if (kind !== 'target')
    return html`<circle class="dot ${kind}" cx="${pixel(x)}" cy="${pixel(y)}" r="${kind === 'other' ? 4 : 5.5}"/>`;
  return html`<path class="cross" d="M${pixel(x - 6)} ${pixel(y - 6)}l12 12m0 -12l-12 12"/>`;
}

function arrowHead(from: Point, to: Point): Html[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < 20) return [];
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const tip = { x: to.x - ux * 8, y: to.y - uy * 8 };
  const corner = (turn: 1 | -1) =>
    `${pixel(tip.x - ux * 10 + turn * uy * 5)} ${pixel(tip.y - uy * 10 - turn * ux * 5)}`;
  return [html`<path class="head" d="M${pixel(tip.x)} ${pixel(tip.y)}L${corner(1)}L${corner(-1)}z"/>`];
}

/** The same scale across and up, so that angles stay as they are. */
function scaled(points: readonly Point[], width: number): { of(point: Point): Point; height: number } {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const most = Math.min(420, width);
  const unit = Math.min((width - 2 * EDGE) / (right - left || 1), (most - 2 * EDGE) / (high - low || 1));
  const height = Math.round((high - low) * unit + 2 * EDGE);
  const inset = (width - (right - left) * unit) / 2;
  return { of: ({ x, y }) => ({ x: inset + (x - left) * unit, y: EDGE + (high - y) * unit }), height };
}
