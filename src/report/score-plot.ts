// Draws scores with confidence intervals: a panel for each test set, a line for each route.

import { type Html, html } from '../page/html.ts';
import { STYLES } from '../page/style.ts';
import { linearScale, markPath, svgLine, svgPicture, svgText, textWidth } from '../page/svg.ts';
import type { ComparisonDocument } from './comparison-document.ts';
import { isScored, measureTitles, score } from './figures.ts';

export interface ScorePanel {
  set: string;
  measure: keyof typeof measureTitles;
  rows: { route: number; name: string; value: number; low: number; high: number }[];
}

const PLOT = 294; // width of the plot itself
const RIGHT = 56;
const ROW = 30;
const TOP = 34;
const BOTTOM = 26;

/** The panels: word pairs first, then analogies by each method. */
export function scorePanels({ routes }: ComparisonDocument): ScorePanel[] {
  type Value = { value: number | null | undefined; low: number | null | undefined; high: number | null | undefined };
  const panel = (set: string, measure: ScorePanel['measure'], values: (Value | undefined)[]): ScorePanel => ({
    set,
    measure,
    rows: values.flatMap((found, route) => {
      const { value, low, high } = found ?? { value: null, low: null, high: null };
      if (typeof value !== 'number' || typeof low !== 'number' || typeof high !== 'number') return [];
      return [{ route, name: routes[route].name, value, low, high }];
    }),
  });
  const names = (of: (route: ComparisonDocument['routes'][number]) => { set: string }[]) => [
    ...new Set(routes.flatMap((route) => of(route).map(({ set }) => set))),
  ];
  const pairs = names((route) => route.pairs).map((set) => {
    const found = routes.map((route) => route.pairs.find((result) => result.set === set));
    return panel(
      set,
      'spearman',
      found.map((one) => one && { ...one, value: one.spearman }),
    );
  });
  const analogies = names((route) => route.analogies).flatMap((set) => {
    const found = routes.map((route) => route.analogies.find((result) => result.set === set));
    return [
      panel(
        set,
        'add',
        found.map((one) => one && { ...one, value: one.accuracy }),
      ),
      panel(
        set,
        'mul',
        found.map((one) => one?.mul && { ...one.mul, value: one.mul.accuracy }),
      ),
    ];
  });
  const isCompared = ({ set, measure }: ScorePanel) =>
    routes.some((route) =>
      (measure === 'spearman' ? route.pairs : route.analogies).some((one) => one.set === set && isScored(route, one)),
    );
  return [...pairs, ...analogies].filter(isCompared);
}

export function scorePlot(panel: ScorePanel): Html {
  const { set, measure, rows } = panel;
  const height = TOP + rows.length * ROW + BOTTOM;
  const left = 24 + Math.max(86, ...rows.map(({ name }) => textWidth(name)));
  const right = left + PLOT;
  const low = Math.min(0, ...rows.map((row) => row.low));
  const high = Math.max(...rows.map((row) => row.high), 0.1);
  const x = linearScale(low, high, left, right);
  const bottom = height - BOTTOM;
  const grid = x.ticks.map((tick) => svgLine(x(tick), TOP - 6, x(tick), bottom, html`class="grid"`));
  const labels = x.ticks.map((tick) =>
    svgText(x(tick), bottom + 16, tick.toFixed(x.ticks[1] < 0.1 ? 2 : 1), html`class="tick" text-anchor="middle"`),
  );
  const lines = rows.map(({ route, name, value, low, high }, at) => {
    const y = TOP + (at + 0.5) * ROW;
    const description = `${name}: ${score(value)}, 95 % interval ${score(low)} to ${score(high)}`;
    const caps = [low, high].map((end) => svgLine(x(end), y - 5, x(end), y + 5, html`class="whisker"`));
    return html`<g class="series s${route % STYLES}" data-route="${route}" data-value="${value}"><title>${description}</title>${svgText(left - 12, y + 4, name, html`class="label" text-anchor="end"`)}${svgLine(x(low), y, x(high), y, html`class="whisker"`)}${caps}<path class="dot" transform="translate(${x(value).toFixed(1)} ${y})" d="${markPath(0, 5.5)}"/>${svgText(right + 12, y + 4, score(value), html`class="value"`)}</g>`;
  });
  const title = [
    svgText(left, 16, set, html`class="heading"`),
    svgText(right, 16, measureTitles[measure], html`class="tick" text-anchor="end"`),
  ];
  const description = rows.map(({ name, value }) => `${name} ${score(value)}`).join(', ');
  const picture = [grid, labels, lines, title];
  return svgPicture(
    right + RIGHT,
    height,
    `${set}, ${measureTitles[measure]}: ${description}`,
    picture,
    html`class="plot"`,
  );
}
