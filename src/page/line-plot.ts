// Draws line plots with optional error bars (losses by epoch, overlap by frequency), and the parts of other plots.
import { type Html, html } from './html.ts';
import { STYLES } from './style.ts';
import { linearScale, markPath, pixel, svgLine, svgMark, svgPicture, svgText, textWidth } from './svg.ts';

export interface PlottedLine {
  name: string;
  /** Index of its color and marker. */
  style: number;
  points: { value: number; low?: number; high?: number }[];
}

export interface LinePlot {
  title: string;
  places: string[];
  xTitle: string;
  yTitle: string;
  lines: PlottedLine[];
  /** Whether the axis starts at 0. */
  fromZero: boolean;
}

const PLOT = 434; // width of the plot itself
/** Of every plot. */
export const HEIGHT = 320;
const LEFT = 56;
const TOP = 24;
const BOTTOM = 52;

export function linePlot({ title, places, xTitle, yTitle, lines, fromZero }: LinePlot): Html {
  const values = lines.flatMap(({ points }) => points.flatMap(({ value, low, high }) => [low ?? value, high ?? value]));
  const least = Math.min(...values);
  const most = Math.max(...values);
  const pad = (most - least || 1) * 0.06;
  const y = linearScale(fromZero ? 0 : least - pad, most + pad, HEIGHT - BOTTOM, TOP);
  const right = LEFT + PLOT;
  const width = right + 24 + Math.max(60, ...lines.map(({ name }) => textWidth(name)));
  const slot = PLOT / places.length;
  const x = (place: number, line: number) =>
    LEFT +
    slot * (place + 0.5) +
    (lines.length > 1 ? ((line - (lines.length - 1) / 2) / lines.length) * slot * 0.4 : 0);
  const digits = (y.ticks[1] ?? 1) - (y.ticks[0] ?? 0) < 0.1 ? 2 : 1;
  const parts = plotAxes({
    ...{ left: LEFT, right, bottom: HEIGHT - BOTTOM, xTitle, yTitle },
    xTicks: places.map((place, at) => [LEFT + slot * (at + 0.5), place]),
    yTicks: y.ticks.map((tick) => [y(tick), tick.toFixed(digits)]),
  });
  const ends = spreadApart(lines.map(({ points }) => y(points.at(-1)!.value)));
  lines.forEach(({ name, style, points }, line) => {
    const marks = points.map(({ value }, at) => ({ x: x(at, line), y: y(value) }));
    const dots = points.map(({ value, low, high }, at) => {
      const { x, y: height } = marks[at];
      const bar = low === undefined || high === undefined ? '' : svgLine(x, y(low), x, y(high), html`class="whisker"`);
      const description = `${name}, ${places[at]}: ${value.toFixed(3)}`;
      return html`<g data-value="${value}"><title>${description}</title>${bar}${svgMark(x, height, style)}</g>`;
    });
    const label = svgText(right + 12, ends[line] + 4, name, html`class="label"`);
    const last = marks.at(-1)!;
    const thread = svgLine(last.x, last.y, right + 8, ends[line], html`class="thread"`);
    parts.push(html`<g class="series s${style % STYLES}">${lineThrough(marks)}${thread}${dots}${label}</g>`);
  });
  const description = lines.map(
    ({ name, points }) => `${name} from ${points[0].value.toFixed(2)} to ${points.at(-1)!.value.toFixed(2)}`,
  );
  return svgPicture(width, HEIGHT, `${title}: ${description.join('; ')}`, parts, html`class="plot wide"`);
}

/** Places in pixels. */
export interface PlotAxes {
  left: number;
  right: number;
  bottom: number;
  xTicks: (readonly [x: number, text: string])[];
  yTicks: (readonly [y: number, text: string])[];
  xTitle: string;
  yTitle: string;
}

/** The grid, its numbers, and the titles of both axes. */
export function plotAxes({ left, right, bottom, xTicks, yTicks, xTitle, yTitle }: PlotAxes): Html[] {
  return [
    ...yTicks.flatMap(([y, text]) => [
      svgLine(left, y, right, y, html`class="grid"`),
      svgText(left - 8, y + 4, text, html`class="tick" text-anchor="end"`),
    ]),
    ...xTicks.map(([x, text]) => svgText(x, bottom + 18, text, html`class="tick" text-anchor="middle"`)),
    svgText((left + right) / 2, HEIGHT - 8, xTitle, html`class="tick" text-anchor="middle"`),
    svgText(left - 8, 14, yTitle, html`class="tick"`),
  ];
}

export function lineThrough(points: readonly { x: number; y: number }[]): Html {
  const path = points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${pixel(x)} ${pixel(y)}`);
  return html`<path class="line" d="${path}"/>`;
}

/** What each color and marker is. `kind`: of the classes in the style sheet, `s` series, `g` groups of words. */
export function legendHtml(names: readonly string[], kind: 's' | 'g'): Html {
  const items = names.map(
    (name, at) =>
      html`<li class="${kind}${at % STYLES}"><svg viewBox="-6 -6 12 12" aria-hidden="true"><path class="dot" d="${markPath(at, 4)}"/></svg>${name}</li>`,
  );
  return html`<ul class="legend">${items}</ul>`;
}

/** The heights of labels, spread so that none overlap. */
function spreadApart(heights: readonly number[], gap = 15): number[] {
  const order = heights.map((_, at) => at).sort((a, b) => heights[a] - heights[b]);
  const placed = [...heights];
  for (let round = 0; round < 50; round++) {
    for (let at = 1; at < order.length; at++) {
      const [above, below] = [order[at - 1], order[at]];
      const lacking = gap - (placed[below] - placed[above]);
      if (lacking <= 0) continue;
      placed[above] -= lacking / 2;
      placed[below] += lacking / 2;
    }
  }
  return placed.map((height) => Math.max(12, Math.min(HEIGHT - 30, height)));
}
