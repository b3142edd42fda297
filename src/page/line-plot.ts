// Draws line plots with optional error bars: losses by epoch, overlap by frequency.
import { type Html, html } from './html.ts';
import { STYLES } from './style.ts';
import { linearScale, markPath, pixel, svgLine, svgPicture, svgText, textWidth } from './svg.ts';

export interface PlottedLine {
  name: string;
  /** Index of its colour and marker. */
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
const HEIGHT = 320;
const LEFT = 56;
const TOP = 24;
const BOTTOM = 52;

export function linePlot({ title, places, xTitle, yTitle, lines, fromZero }: LinePlot): Html {
  const values = lines.flatMap(({ points }) => points.flatMap(({ value, low, high }) => [low ?? value, high ?? value]));
  const least = Math.min(...values);
  const most = Math.max(...values);
  const pad = (most - least || 1) * 0.06;
  const y = linearScale(fromZero ? 0 : least - pad, most + pad, HEIGHT - BOTTOM, TOP);
  const inner = PLOT;
  const right = LEFT + PLOT;
  const width = right + 24 + Math.max(60, ...lines.map(({ name }) => textWidth(name)));
  const slot = inner / places.length;
  const x = (place: number, line: number) =>
    LEFT +
    slot * (place + 0.5) +
    (lines.length > 1 ? ((line - (lines.length - 1) / 2) / lines.length) * slot * 0.4 : 0);
  const digits = (y.ticks[1] ?? 1) - (y.ticks[0] ?? 0) < 0.1 ? 2 : 1;
  const parts = y.ticks.flatMap((tick) => [
    svgLine(LEFT, y(tick), right, y(tick), html`class="grid"`),
    svgText(LEFT - 8, y(tick) + 4, tick.toFixed(digits), html`class="tick" text-anchor="end"`),
  ]);
  places.forEach((place, at) => {
    parts.push(svgText(LEFT + slot * (at + 0.5), HEIGHT - BOTTOM + 18, place, html`class="tick" text-anchor="middle"`));
  });
  parts.push(svgText(LEFT + inner / 2, HEIGHT - 8, xTitle, html`class="tick" text-anchor="middle"`));
  parts.push(svgText(LEFT - 8, 14, yTitle, html`class="tick"`));
  const ends = spreadApart(lines.map(({ points }) => y(points.at(-1)!.value)));
  lines.forEach(({ name, style, points }, line) => {
    const path = points
      .map(({ value }, at) => `${at === 0 ? 'M' : 'L'}${pixel(x(at, line))} ${pixel(y(value))}`)
      .join('');
    const dots = points.map(({ value, low, high }, at) => {
      const bar =
        low === undefined || high === undefined
          ? ''
          : svgLine(x(at, line), y(low), x(at, line), y(high), html`class="whisker"`);
      const description = `${name}, ${places[at]}: ${value.toFixed(3)}`;
      const place = `translate(${pixel(x(at, line))} ${pixel(y(value))})`;
      return html`<g data-value="${value}"><title>${description}</title>${bar}<path class="dot" transform="${place}" d="${markPath(style, 4)}"/></g>`;
    });
    const label = svgText(right + 12, ends[line]! + 4, name, html`class="label"`);
    const thread = svgLine(
      x(points.length - 1, line),
      y(points.at(-1)!.value),
      right + 8,
      ends[line]!,
      html`class="thread"`,
    );
    parts.push(html`<g class="series s${style % STYLES}"><path class="line" d="${path}"/>${thread}${dots}${label}</g>`);
  });
  const description = lines.map(
    ({ name, points }) => `${name} from ${points[0]!.value.toFixed(2)} to ${points.at(-1)!.value.toFixed(2)}`,
  );
  return svgPicture(width, HEIGHT, `${title}: ${description.join('; ')}`, parts, html`class="plot wide"`);
}

/** The heights of labels, spread so that none overlap. */
function spreadApart(heights: readonly number[], gap = 15): number[] {
  const order = heights.map((_, at) => at).sort((a, b) => heights[a]! - heights[b]!);
  const placed = [...heights];
  for (let round = 0; round < 50; round++) {
    for (let at = 1; at < order.length; at++) {
      const [above, below] = [order[at - 1]!, order[at]!];
      const lacking = gap - (placed[below]! - placed[above]!);
      if (lacking <= 0) continue;
      placed[above]! -= lacking / 2;
      placed[below]! += lacking / 2;
    }
  }
  return placed.map((height) => Math.max(12, Math.min(HEIGHT - 30, height)));
}
