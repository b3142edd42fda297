// The histogram of a comparison as an SVG picture: words by number of common neighbors, and the means of the two
// files, of two seeds and of chance as lines.

import { percentage } from '../base/format-numbers.ts';
import { type Html, html } from '../page/html.ts';
import { linearScale, pixel, svgLine, svgPicture, svgText, textWidth } from '../page/svg.ts';
import { compareStrings } from './compare-strings.ts';
import type { PairData } from './page-data.ts';

const EDGE = { left: 50, right: 14, top: 74, bottom: 46 };
const HEIGHT = 300;
const LABEL = 18; // height of a line's label

type Levels = Pick<PairData, 'k' | 'mean' | 'chance' | 'histogram' | 'seeds'>;

/** `width`: of the picture, in pixels. */
export function overlapSvg({ k, mean, chance, histogram, seeds }: Levels, width: number): Html {
  const say = compareStrings.histogram;
  const shares = sharesOf(histogram);
  const seedShares = seeds && sharesOf(seeds.histogram);
  const column = (width - EDGE.left - EDGE.right) / (k + 1);
  /** The middle of the column of this number of neighbors, which may be a mean. */
  const x = (same: number) => EDGE.left + (same + 0.5) * column;
  const highest = Math.max(...shares, ...(seedShares ?? []), 0.01);
  const y = linearScale(0, highest * 1.04, HEIGHT - EDGE.bottom, EDGE.top, 4);
  const bottom = y(0);
  const bars = shares.map(
    (share, same) =>
      html`<rect class="bar" x="${pixel(x(same) - column * 0.4)}" y="${pixel(y(share))}" width="${pixel(column * 0.8)}" height="${pixel(bottom - y(share))}"><title>${same}: ${percentage(share)}</title></rect>`,
  );
  const levels = [
    { kind: 'chance', at: chance, name: say.meanOf(say.chance, chance) },
    { kind: 'files', at: mean, name: say.meanOf(say.files, mean) },
    ...(seeds ? [{ kind: 'seeds', at: seeds.mean, name: say.meanOf(say.seeds, seeds.mean) }] : []),
  ];
  const every = column < 22 ? 2 : 1;
  const parts = [
    ...y.ticks.flatMap((tick) => [
      svgLine(EDGE.left, y(tick), width - EDGE.right, y(tick), html`class="grid"`),
      svgText(EDGE.left - 7, y(tick) + 4, percentage(tick), html`class="tick" text-anchor="end"`),
    ]),
    ...bars,
    ...(seedShares ? [stepsSvg(seedShares, x, y, column)] : []),
    ...shares.map((_, same) =>
      same % every === 0 ? svgText(x(same), bottom + 17, `${same}`, html`class="tick" text-anchor="middle"`) : '',
    ),
    svgText(width - EDGE.right, HEIGHT - 8, say.x(k), html`class="tick" text-anchor="end"`),
    svgText(4, EDGE.top - 12, say.y, html`class="tick"`),
    ...levels.map(({ kind, at, name }, place) => levelSvg(kind, x(at * k), name, place, bottom, width)),
  ];
  return svgPicture(
    width,
    HEIGHT,
    say.picture(shares.map((share) => percentage(share))),
    parts,
    html`class="plot overlap"`,
  );
}

/** A line at a mean, with its label in a row of its own. */
function levelSvg(kind: string, x: number, name: string, place: number, bottom: number, width: number): Html {
  const top = 4 + place * LABEL;
  const fits = x + 6 + textWidth(name) < width;
  const label = svgText(
    fits ? x + 6 : x - 6,
    top + 11,
    name,
    html`class="name" text-anchor="${fits ? 'start' : 'end'}"`,
  );
  return html`<g class="level ${kind}">${svgLine(x, top, x, bottom, '')}${label}</g>`;
}

/** The outline of another histogram. */
function stepsSvg(
  shares: readonly number[],
  x: (same: number) => number,
  y: (share: number) => number,
  column: number,
): Html {
  const steps = shares.map(
    (share, same) => `H${pixel(x(same) - column / 2)}V${pixel(y(share))}H${pixel(x(same) + column / 2)}`,
  );
  return html`<path class="steps" d="M${pixel(x(0) - column / 2)} ${pixel(y(0))}${steps}V${pixel(y(0))}"/>`;
}

function sharesOf(histogram: readonly number[]): number[] {
  const total = histogram.reduce((sum, count) => sum + count, 0) || 1;
  return histogram.map((count) => count / total);
}
