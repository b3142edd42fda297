import { describe, expect, it } from 'vitest';
import { byClass, byFrequency, byShare, forSecondFile, schemes } from '../../src/explorer/coloring.ts';

const { light } = schemes;
const rgb = (colors: Uint8Array, row: number) => [...colors.subarray(row * 3, row * 3 + 3)];

describe('colors', () => {
  it('run from the rarest to the most frequent word', () => {
    const { colors, legend } = byFrequency([1000, 30, 1, 0], light);
    expect(rgb(colors, 0)).toEqual(light.scale.at(-1));
    expect(rgb(colors, 2)).toEqual(light.scale[0]);
    expect(rgb(colors, 3)).toEqual(light.scale[0]);
    expect(legend.scale?.ends).toEqual(['rare', 'frequent']);
    expect(rgb(byFrequency([7, 7], light).colors, 1)).toEqual(light.scale[0]);
  });

  it('run from no share to all, with unknown ones apart', () => {
    const { colors, legend } = byShare([0, 50, 100, 255], 100, ['none', 'all'], light);
    expect(rgb(colors, 0)).toEqual(light.scale[0]);
    expect(rgb(colors, 1)).toEqual(light.scale[2]);
    expect(rgb(colors, 2)).toEqual(light.scale[4]);
    expect(rgb(colors, 3)).toEqual(light.quiet);
    expect(legend.swatches).toHaveLength(1);
    expect(byShare([1], 10, ['none', 'all'], light).legend.swatches).toEqual([]);
  });

  it('tell the largest classes apart, and name the rest together', () => {
    const names = Array.from({ length: 10 }, (_, at) => `class ${at}`);
    const classes = [...names.flatMap((_, at) => Array.from({ length: at + 1 }, () => at)), 255];
    const { colors, legend } = byClass(classes, names, light);
    expect(legend.swatches.map(({ name }) => name)).toEqual([
      ...['class 9', 'class 8', 'class 7', 'class 6', 'class 5', 'class 4', 'class 3', 'class 2'],
      'other classes, no class',
    ]);
    expect(rgb(colors, classes.indexOf(9))).toEqual(light.classes[0]);
    expect(rgb(colors, 0)).toEqual(light.quiet);
    expect(rgb(colors, classes.length - 1)).toEqual(light.quiet);
  });

  it('find the words of the second file', () =>
    expect([...forSecondFile([3, 4, 5], [2, -1, 0], 4)]).toEqual([5, 255, 3, 255]));

  it('stand out from the paper, in light and in dark', () => {
    const luminance = (color: readonly number[]) => {
      const [r, g, b] = color.map((part) =>
        part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    const panels = { light: [255, 255, 255], dark: [27, 31, 37] };
    for (const name of ['light', 'dark'] as const) {
      const { classes, quiet, scale } = schemes[name];
      // What a scale gives between its colors too.
      const { colors } = byShare(
        Array.from({ length: 101 }, (_, share) => share),
        100,
        ['', ''],
        schemes[name],
      );
      const between = Array.from({ length: 101 }, (_, row) => rgb(colors, row));
      for (const color of [...classes, quiet, ...scale, ...between]) {
        const [low, high] = [luminance(color), luminance(panels[name])].sort((a, b) => a - b) as [number, number];
        expect((high + 0.05) / (low + 0.05), `${name} ${color}`).toBeGreaterThan(3); // WCAG 2.2, 1.4.11
      }
    }
  });
});
