// The plots of a chapter: lines over a numeric axis, words as points, bars beside their words.

import { figureHtml, type Html, html } from '../../page/html.ts';
import { HEIGHT, legendHtml, lineThrough, plotAxes } from '../../page/line-plot.ts';
import { placedLabels } from '../../page/point-labels.ts';
import { STYLES } from '../../page/style.ts';
import { linearScale, pixel, type Scale, svgMark, svgPicture, svgText, textWidth } from '../../page/svg.ts';
import type { Plot, Point } from '../blocks.ts';
import type { Strings } from '../strings/strings.ts';

const WIDTH = 660;
const [LEFT, RIGHT, TOP, BOTTOM] = [64, 24, 26, 46];
const BAR = 15;
const BAR_LABEL = 130;

export function plotHtml(plot: Plot, id: string, strings: Strings): Html {
  const picture = plot.form === 'bars' ? barsSvg(plot) : gridSvg(plot, strings);
  const names = plot.series.map(({ name }) => name);
  const list = plot.form === 'points' ? '' : legendHtml(names, 's');
  return figureHtml(id, html`${list}<div class="scroll picture">${picture}</div>`, plot.title);
}

const isFinitePoint = ({ x, y }: Point) => Number.isFinite(x) && Number.isFinite(y);

function gridSvg(plot: Plot, strings: Strings): Html {
  const series = plot.series.map(({ name, points }) => ({ name, points: points.filter(isFinitePoint) }));
  const all = series.flatMap(({ points }) => points);
  const x = scaleOf(
    all.map((point) => point.x),
    plot.form === 'points' ? 0.12 : 0.02,
    LEFT,
    WIDTH - RIGHT,
  );
  const y = scaleOf(
    all.map((point) => point.y),
    0.08,
    HEIGHT - BOTTOM,
    TOP,
  );
  const parts = [
    ...plotAxes({
      ...{ left: LEFT, right: WIDTH - RIGHT, bottom: HEIGHT - BOTTOM, xTitle: plot.x, yTitle: plot.y },
      xTicks: shownTicks(x, all).map((tick) => [x(tick), `${tick}`]),
      yTicks: y.ticks.map((tick) => [y(tick), `${tick}`]),
    }),
    ...(plot.form === 'points' ? pointsSvg(all, x, y) : series.map(({ points }, at) => lineSvg(points, at, x, y))),
  ];
  return svgPicture(WIDTH, HEIGHT, descriptionOf(plot, series, strings), parts, html`class="plot wide"`);
}

/** Only whole numbers on an axis of epochs or layers. */
function shownTicks(x: Scale, points: readonly Point[]): number[] {
  return points.every((point) => Number.isInteger(point.x)) ? x.ticks.filter(Number.isInteger) : x.ticks;
}

function lineSvg(points: Point[], style: number, x: Scale, y: Scale): Html {
  const places = points.map((point) => ({ x: x(point.x), y: y(point.y) }));
  const marked = places.length <= 12 ? places : [places[0], places.at(-1)!];
  const dots = marked.map((place) => svgMark(place.x, place.y, style));
  return html`<g class="s${style % STYLES}">${lineThrough(places)}${dots}</g>`;
}

function pointsSvg(points: Point[], x: Scale, y: Scale): Html[] {
  const places = points.map((point) => ({ x: x(point.x), y: y(point.y), label: point.label ?? '' }));
  const dots = places.map((place) => svgMark(place.x, place.y, 0));
  const labels = placedLabels(places, WIDTH).map(({ x, y, anchor, text }) =>
    svgText(x, y, text, html`class="name" text-anchor="${anchor}"`),
  );
  return [html`<g class="s0">${dots}</g>`, ...labels];
}

function barsSvg(plot: Plot): Html {
  const { series } = plot;
  const words = series[0].points;
  const group = BAR * series.length + 9;
  const height = words.length * group + 30;
  const largest = Math.max(...series.flatMap(({ points }) => points.map(({ y }) => y)), 0);
  const x = linearScale(0, largest, BAR_LABEL, WIDTH - 70);
  const parts = words.flatMap(({ label = '' }, word) => {
    const top = word * group + 8;
    const bars = series.map(({ points }, at) => {
      const { y } = points[word];
      const across = top + at * BAR;
      const bar = html`<rect class="dot" x="${BAR_LABEL}" y="${pixel(across)}" width="${pixel(x(y) - BAR_LABEL)}" height="${BAR - 3}"/>`;
      return html`<g class="s${at % STYLES}">${bar}${svgText(x(y) + 6, across + 10, y.toFixed(3), html`class="tick value"`)}</g>`;
    });
    const shown = fitting(label, BAR_LABEL - 14);
    return [svgText(BAR_LABEL - 8, top + (group - 9) / 2 + 4, shown, html`text-anchor="end"`), ...bars];
  });
  parts.push(svgText(BAR_LABEL, height - 6, plot.y, html`class="tick"`));
  const label = `${plot.title}: ${words.map((_, at) => `${words[at].label ?? ''} ${series.map(({ points }) => points[at].y.toFixed(3)).join(' / ')}`).join('; ')}`;
  return svgPicture(WIDTH, height, label, parts, html`class="plot wide"`);
}

/** The label, cut with an ellipsis if it does not fit. */
export function fitting(label: string, width: number): string {
  if (textWidth(label) <= width) return label;
  let text = '';
  for (const character of label) {
    if (textWidth(`${text}${character}…`) > width) break;
    text += character;
  }
  return `${text}…`;
}

function scaleOf(values: readonly number[], pad: number, start: number, end: number): Scale {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (low > high) return linearScale(0, 1, start, end);
  const room = (high - low || Math.abs(high) || 1) * pad;
  return linearScale(low - room, high + room, start, end);
}

/** The text for screen readers: where each line starts and ends, or where each word is. */
function descriptionOf(plot: Plot, series: Plot['series'], { page }: Strings): string {
  const short = (value: number) => `${Number(value.toPrecision(3))}`;
  const told =
    plot.form === 'points'
      ? series.flatMap(({ points }) => points.map(({ x, y, label }) => page.pointAt(label ?? '', short(x), short(y))))
      : series.flatMap(({ name, points }) =>
          points.length === 0 ? [] : [page.series(name, short(points[0].y), short(points.at(-1)!.y))],
        );
  return `${plot.title}: ${told.join('; ')}`;
}
