// Words on one axis (a row for each word) or on two (a plane), as an SVG picture.
import { type Html, html } from '../page/html.ts';
import { placedLabels } from '../page/point-labels.ts';
import { linearScale, pixel, type Scale, svgLine, svgPicture, svgText } from '../page/svg.ts';
import type { AxesAnswer } from './answers.ts';
import { strings } from './strings.ts';

const EDGE = { left: 46, right: 16, top: 30, bottom: 44 };
const ROW = 19;

/** `width`: of the picture, in pixels. */
export function scatterSvg(answer: AxesAnswer, width: number): Html {
  const { axes, points } = answer;
  const label = strings.axes.picture(points.length, axes);
  return axes.length === 1 ? rowsSvg(answer, label, width) : planeSvg(answer, label, width);
}

/** Words by their coordinate, highest first. */
function rowsSvg({ axes, points }: AxesAnswer, label: string, width: number): Html {
  const sorted = [...points].sort((a, b) => b.at[0] - a.at[0]);
  const names = Math.min(150, width * 0.32);
  const height = sorted.length * ROW + EDGE.top + 10;
  const x = scaleOf(
    sorted.map(({ at }) => at[0]),
    names,
    width - 54,
  );
  const zero = x(0);
  const parts = [
    svgText(zero, 16, `${axes[0]} →`, html`class="heading" text-anchor="middle"`),
    svgLine(zero, EDGE.top - 6, zero, height - 6, html`class="axis"`),
    ...sorted.flatMap(({ word, at }, place) => {
      const y = EDGE.top + place * ROW + 6;
      const end = x(at[0]);
      return [
        svgText(names - 44, y + 4, word, html`text-anchor="end"`),
        html`<rect class="bar" x="${pixel(Math.min(zero, end))}" y="${pixel(y - 5)}" width="${pixel(Math.abs(end - zero))}" height="10" rx="2"/>`,
        svgText(
          at[0] < 0 ? end - 5 : end + 5,
          y + 4,
          at[0].toFixed(2),
          html`class="tick" text-anchor="${at[0] < 0 ? 'end' : 'start'}"`,
        ),
      ];
    }),
  ];
  return svgPicture(width, height, label, parts, html`class="plot"`);
}

function planeSvg({ axes, points }: AxesAnswer, label: string, width: number): Html {
  const height = Math.round(Math.min(470, Math.max(320, width * 0.62)));
  const x = scaleOf(
    points.map(({ at }) => at[0]),
    EDGE.left,
    width - EDGE.right,
  );
  const y = scaleOf(
    points.map(({ at }) => at[1]),
    height - EDGE.bottom,
    EDGE.top,
  );
  const places = points.map(({ word, at }) => ({ x: x(at[0]), y: y(at[1]), label: word }));
  const labels = placedLabels(places, width, { omit: true });
  const parts = [
    ...x.ticks.flatMap((tick) => [
      svgLine(x(tick), EDGE.top, x(tick), height - EDGE.bottom, html`class="${tick === 0 ? 'axis' : 'grid'}"`),
      svgText(x(tick), height - EDGE.bottom + 16, `${tick}`, html`class="tick" text-anchor="middle"`),
    ]),
    ...y.ticks.flatMap((tick) => [
      svgLine(EDGE.left, y(tick), width - EDGE.right, y(tick), html`class="${tick === 0 ? 'axis' : 'grid'}"`),
      svgText(EDGE.left - 7, y(tick) + 4, `${tick}`, html`class="tick" text-anchor="end"`),
    ]),
    svgText(width - EDGE.right, height - 8, `${axes[0]} →`, html`class="heading" text-anchor="end"`),
    svgText(6, 16, `↑ ${axes[1]}`, html`class="heading"`),
    ...places.map(
      (place) =>
        html`<circle class="dot" cx="${pixel(place.x)}" cy="${pixel(place.y)}" r="3.6"><title>${place.label}</title></circle>`,
    ),
    ...labels.map((place) => svgText(place.x, place.y, place.text, html`class="name" text-anchor="${place.anchor}"`)),
  ];
  return svgPicture(width, height, label, parts, html`class="plot"`);
}

/** With room around the values and zero among them. */
function scaleOf(values: readonly number[], start: number, end: number): Scale {
  const low = values.reduce((least, value) => Math.min(least, value), 0);
  const high = values.reduce((most, value) => Math.max(most, value), 0);
  const room = (high - low || 1) * 0.08;
  return linearScale(low === 0 ? 0 : low - room, high === 0 ? 0 : high + room, start, end);
}
