// SVG elements for plots. Coordinates have one decimal, because a tenth of a pixel is enough.
import { type Html, html, type Markup } from './html.ts';

export interface Scale {
  (value: number): number;
  ticks: number[];
}

/** A linear scale from values low .. high to pixels start .. end, with ticks at round numbers. */
export function linearScale(low: number, high: number, start: number, end: number, count = 5): Scale {
  const span = high - low || 1;
  const place = (value: number) => start + ((value - low) / span) * (end - start);
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough)!;
  const ticks: number[] = [];
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + 1e-9; at++)
    ticks.push(Number((at * step).toFixed(10)));
  return Object.assign(place, { ticks });
}

export function pixel(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function svgLine(x1: number, y1: number, x2: number, y2: number, attributes: Markup): Html {
  return html`<line x1="${pixel(x1)}" y1="${pixel(y1)}" x2="${pixel(x2)}" y2="${pixel(y2)}" ${attributes}/>`;
}

export function svgText(x: number, y: number, text: string, attributes: Markup = ''): Html {
  return html`<text x="${pixel(x)}" y="${pixel(y)}" ${attributes}>${text}</text>`;
}

/** Approximate width of a 12.5 pixel label; wide characters (Chinese, Japanese, Korean) count twice. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += character.codePointAt(0)! < 0x1100 ? 7 : 13;
  return width;
}

/** An image with an accessible name; `label` describes its content in a sentence. */
export function svgPicture(
  width: number,
  height: number,
  label: string,
  content: Markup,
  attributes: Markup = '',
): Html {
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}" ${attributes}>${content}</svg>`;
}

const shapes: readonly ((r: number) => string)[] = [
  (r) => `M${pixel(-r)} 0a${r} ${r} 0 1 0 ${pixel(2 * r)} 0a${r} ${r} 0 1 0 ${pixel(-2 * r)} 0z`,
  (r) => `M${pixel(-r)} ${pixel(-r)}h${pixel(2 * r)}v${pixel(2 * r)}h${pixel(-2 * r)}z`,
  (r) => `M0 ${pixel(-1.3 * r)}L${pixel(1.2 * r)} ${pixel(0.9 * r)}H${pixel(-1.2 * r)}z`,
  (r) => `M0 ${pixel(-1.4 * r)}L${pixel(1.4 * r)} 0L0 ${pixel(1.4 * r)}L${pixel(-1.4 * r)} 0z`,
  (r) => `M0 ${pixel(1.3 * r)}L${pixel(1.2 * r)} ${pixel(-0.9 * r)}H${pixel(-1.2 * r)}z`,
  (r) => {
    const [a, b] = [pixel(0.45 * r), pixel(1.3 * r)];
    return `M-${a} -${b}H${a}V-${a}H${b}V${a}H${a}V${b}H-${a}V${a}H-${b}V-${a}H-${a}z`;
  },
  (r) =>
    `M${pixel(-1.2 * r)} 0L${pixel(-0.6 * r)} ${pixel(-r)}H${pixel(0.6 * r)}L${pixel(1.2 * r)} 0L${pixel(0.6 * r)} ${pixel(r)}H${pixel(-0.6 * r)}z`,
  (r) => `M${pixel(-1.2 * r)} ${pixel(-0.6 * r)}H${pixel(1.2 * r)}V${pixel(0.6 * r)}H${pixel(-1.2 * r)}z`,
];

/** A marker at a point. */
export function svgMark(x: number, y: number, kind: number): Html {
  return html`<path class="dot" transform="translate(${pixel(x)} ${pixel(y)})" d="${markPath(kind, 4)}"/>`;
}

/** A marker of about radius r around 0,0, because not everybody can distinguish colors. */
export function markPath(kind: number, r: number): string {
  return shapes[kind % shapes.length](r);
}
