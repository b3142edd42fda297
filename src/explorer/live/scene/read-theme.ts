// Reads the colours of the picture from the custom properties of the page's style sheet, light or dark.
import { parsedColor, type Theme } from './theme.ts';

export function readTheme(element: HTMLElement): Theme {
  const style = getComputedStyle(element);
  const color = (name: string, otherwise: string) => parsedColor(style.getPropertyValue(name).trim() || otherwise);
  return {
    panel: color('--panel', '#ffffff'),
    point: color('--c0', '#0b6bb0'),
    marked: color('--c1', '#c2410c'),
    ink: color('--ink', '#1d2228'),
    soft: color('--soft', '#59626d'),
    accent: color('--accent', '#0b5fa5'),
    font: style.fontFamily || 'sans-serif',
  };
}
