// Texts drawn once, with a halo in the background's color, and copied from then on: writing text anew in every picture
// is slow.
import { cssColor, type TextStyle, type Theme } from './theme.ts';

export interface LabelSprites {
  /** In CSS pixels. */
  width(text: string, style: TextStyle): number;
  /** Draws the text so that its left end and its middle are at a place in CSS pixels. `context`: in device pixels. */
  draw(
    context: CanvasRenderingContext2D,
    text: string,
    style: TextStyle,
    label: { left: number; middle: number; opacity: number },
  ): void;
}

const MOST = 1500;
const MARGIN = 4; // CSS pixels around the text for the halo
const LONGEST = 40; // characters

/** For one theme; `ratio`: device pixels per CSS pixel. */
export function labelSprites(theme: Theme, ratio: number): LabelSprites {
  const sprites = new Map<string, { width: number; canvas?: HTMLCanvasElement }>();
  const ruler = document.createElement('canvas').getContext('2d')!;
  const font = ({ bold, size }: TextStyle) => `${bold ? 650 : 500} ${size}px ${theme.font}`;
  const shortened = (text: string) => (text.length > LONGEST ? `${[...text].slice(0, LONGEST - 1).join('')}…` : text);

  function sprite(text: string, style: TextStyle) {
    const key = `${style.size} ${style.bold} ${style.color} ${text}`;
    let found = sprites.get(key);
    if (found === undefined) {
      if (sprites.size >= MOST) sprites.clear();
      ruler.font = font(style);
      found = { width: ruler.measureText(shortened(text)).width };
      sprites.set(key, found);
    }
    return found;
  }

  function drawn(text: string, style: TextStyle, width: number): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil((width + 2 * MARGIN) * ratio);
    canvas.height = Math.ceil((style.size * 1.5 + 2 * MARGIN) * ratio);
    // In main memory, where the picture is.
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    context.scale(ratio, ratio);
    context.font = font(style);
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = 3.5;
    context.strokeStyle = cssColor(theme.panel, 0.9);
    context.fillStyle = cssColor(style.color);
    const middle = canvas.height / ratio / 2;
    context.strokeText(shortened(text), MARGIN, middle);
    context.fillText(shortened(text), MARGIN, middle);
    return canvas;
  }

  return {
    width: (text, style) => sprite(text, style).width,
    draw(context, text, style, { left, middle, opacity }) {
      const found = sprite(text, style);
      found.canvas ??= drawn(text, style, found.width);
      context.globalAlpha = opacity;
      // On whole device pixels: crisp.
      const x = Math.round((left - MARGIN) * ratio);
      context.drawImage(found.canvas, x, Math.round(middle * ratio - found.canvas.height / 2));
    },
  };
}
