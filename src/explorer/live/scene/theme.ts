// The colors of the picture, how colors are written, and the style of a text.

/** Red, green and blue, 0 .. 255. */
export type Color = readonly [number, number, number];

export interface Theme {
  /** Behind the points. */
  panel: Color;
  /** Points that have no color of their own. */
  point: Color;
  /** Points and words that are marked. */
  marked: Color;
  ink: Color;
  soft: Color;
  accent: Color;
  font: string;
}

export interface TextStyle {
  /** CSS pixels. */
  size: number;
  bold: boolean;
  color: Color;
}

/** `#rgb` or `#rrggbb`, as the style sheet writes its colors. */
export function parsedColor(text: string): Color {
  const digits = /^#(?:([\da-f]{3})|([\da-f]{6}))$/i.exec(text);
  const long = digits?.[2] ?? digits?.[1]?.replace(/./g, '$&$&') ?? '808080';
  return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16)) as unknown as Color;
}

export const cssColor = (color: Color, opacity = 1): string => `rgb(${color.join(' ')} / ${opacity})`;
