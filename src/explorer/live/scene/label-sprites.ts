// Texts drawn once, with a halo in the background's colour, and copied from then on: writing text anew in every picture
// is slow.
import { type Color, cssColor, type Theme } from './theme.ts';

export interface TextStyle {
  /** CSS pixels. */
  size: number;
  bold: boolean;
  color: Color;
}

export interface LabelSprites {
  /** In CSS pixels. */
  width(text: string, style: TextStyle): number;
  /** The text as a picture, and where it goes so that its left end and its middle are at a place in CSS pixels. */
  placed(text: string, style: TextStyle, label: { left: number; middle: number; opacity: number }): PlacedSprite;
  /** After a change of the theme or of the pixels' ratio. */
  clear(): void;
}

/** In device pixels. */
export interface PlacedSprite {
  canvas: HTMLCanvasElement;
  x: number;
  y: number;
  /** 0 .. 1 */
  opacity: number;
}

interface Sprite {
  width: number;
  canvas?: HTMLCanvasElement;
}

const MOST = 1500;
const MARGIN = 4; // CSS pixels around the text for the halo
const LONGEST = 40; // characters

export function labelSprites(look: () => { theme: Theme; ratio: number }): LabelSprites {
  const sprites = new Map<string, Sprite>();
  const ruler = document.createElement('canvas').getContext('2d')!;
  const font = ({ bold, size }: TextStyle) => `${bold ? 650 : 500} ${size}px ${look().theme.font}`;
  const shortened = (text: string) => (text.length > LONGEST ? `${[...text].slice(0, LONGEST - 1).join('')}…` : text);

  function sprite(text: string, style: TextStyle): Sprite {
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
    const { theme, ratio } = look();
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil((width + 2 * MARGIN) * ratio);
    canvas.height = Math.ceil((style.size * 1.5 + 2 * MARGIN) * ratio);
    // In main memory, where a renderer without a graphics card copies it from.
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
    placed(text, style, { left, middle, opacity }) {
      const found = sprite(text, style);
      found.canvas ??= drawn(text, style, found.width);
      const { ratio } = look();
      // On whole device pixels: crisp.
      const x = Math.round((left - MARGIN) * ratio);
      const y = Math.round(middle * ratio - found.canvas.height / 2);
      return { canvas: found.canvas, x, y, opacity };
    },
    clear: () => sprites.clear(),
  };
}
