// Colors of the words on a map, and their legend. Scales run from quiet to strong on light and on dark paper, from 3:1
// on (WCAG 2.2, 1.4.11); classes have colors that people with red-green blindness can distinguish (after Okabe & Ito 2008).
import { strings } from './strings.ts';

type Rgb = readonly [red: number, green: number, blue: number];

export interface Scheme {
  /** From the least to the most. */
  scale: readonly Rgb[];
  /** The largest classes, largest first. */
  classes: readonly Rgb[];
  /** Unknown values and other classes. */
  quiet: Rgb;
}

export const schemes: Readonly<Record<'light' | 'dark', Scheme>> = {
  light: {
    scale: [
      [120, 146, 184],
      [66, 120, 190],
      [24, 90, 170],
      [122, 28, 132],
      [176, 14, 74],
    ],
    classes: [
      [0, 104, 178],
      [204, 82, 0],
      [0, 140, 100],
      [178, 60, 140],
      [150, 110, 0],
      [64, 150, 210],
      [120, 70, 180],
      [190, 40, 40],
    ],
    quiet: [138, 144, 152],
  },
  dark: {
    scale: [
      [90, 108, 142],
      [78, 126, 192],
      [84, 158, 226],
      [186, 132, 232],
      [255, 168, 186],
    ],
    classes: [
      [96, 178, 246],
      [255, 158, 84],
      [70, 206, 158],
      [240, 140, 206],
      [228, 190, 76],
      [150, 214, 250],
      [190, 158, 250],
      [250, 128, 120],
    ],
    quiet: [104, 112, 124],
  },
};

export interface Legend {
  /** A scale with the names of its ends. */
  scale?: { colors: string[]; ends: readonly [string, string] };
  swatches: { color: string; name: string }[];
}

export interface Colored {
  /** (V, 3) */
  colors: Uint8Array;
  legend: Legend;
}

const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;

/** By the logarithm of the count. */
export function byFrequency(counts: ArrayLike<number>, scheme: Scheme): Colored {
  const logs = Float64Array.from(counts, (count) => Math.log(Math.max(count, 1)));
  const low = logs.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = logs.reduce((most, value) => Math.max(most, value), 0);
  // Most words are rare: the power gives them more of the scale.
  const colors = onScale(logs.length, (row) => ((logs[row] - low) / (high - low || 1)) ** 0.6, scheme);
  return { colors, legend: { scale: { colors: scheme.scale.map(css), ends: strings.legend.frequency }, swatches: [] } };
}

/** By a number of 0 .. most for each word, such as kept neighbors; 255 is unknown. */
export function byShare(
  shares: ArrayLike<number>,
  most: number,
  ends: readonly [string, string],
  scheme: Scheme,
): Colored {
  const share = (row: number) => (shares[row] === 255 ? undefined : shares[row] / most);
  const colors = onScale(shares.length, share, scheme);
  const someUnknown = Array.from(shares).includes(255);
  const swatches = someUnknown ? [{ color: css(scheme.quiet), name: strings.legend.unknown }] : [];
  return { colors, legend: { scale: { colors: scheme.scale.map(css), ends }, swatches } };
}

/** The largest classes have a color each. */
export function byClass(classes: ArrayLike<number>, names: readonly string[], scheme: Scheme): Colored {
  const sizes = new Float64Array(256);
  for (let row = 0; row < classes.length; row++) sizes[classes[row]]++;
  const used = [...names.keys()].filter((index) => sizes[index] > 0).sort((a, b) => sizes[b] - sizes[a]);
  const shown = used.slice(0, scheme.classes.length);
  const colorOf = new Map(shown.map((index, at) => [index, scheme.classes[at]]));
  const colors = new Uint8Array(classes.length * 3);
  for (let row = 0; row < classes.length; row++) colors.set(colorOf.get(classes[row]) ?? scheme.quiet, row * 3);
  const swatches = shown.map((index, at) => ({ color: css(scheme.classes[at]), name: names[index] }));
  const others = [
    used.length > shown.length ? strings.legend.otherClasses : '',
    sizes[255] > 0 ? strings.legend.noClass : '',
  ];
  const rest = others.filter((name) => name !== '').join(', ');
  return {
    colors,
    legend: { swatches: rest === '' ? swatches : [...swatches, { color: css(scheme.quiet), name: rest }] },
  };
}

/** Numbers of file 1's rows for file 2's: `rows[i]` is the row in file 2 of word i. */
export function forSecondFile(values: ArrayLike<number>, rows: ArrayLike<number>, words: number): Uint8Array {
  const others = new Uint8Array(words).fill(255);
  for (let row = 0; row < rows.length; row++) {
    if (rows[row] >= 0) others[rows[row]] = values[row];
  }
  return others;
}

function onScale(length: number, share: (row: number) => number | undefined, { scale, quiet }: Scheme): Uint8Array {
  const colors = new Uint8Array(length * 3);
  for (let row = 0; row < length; row++) {
    const value = share(row);
    if (value === undefined) {
      colors.set(quiet, row * 3);
      continue;
    }
    const place = Math.min(Math.max(value, 0), 1) * (scale.length - 1);
    const from = Math.min(Math.floor(place), scale.length - 2);
    for (let channel = 0; channel < 3; channel++) {
      const [low, high] = [scale[from][channel], scale[from + 1][channel]];
      colors[row * 3 + channel] = low + (high - low) * (place - from);
    }
  }
  return colors;
}
