// What the colors of the map mean.
import type { Legend } from '../../coloring.ts';
import { make } from '../elements.ts';

export interface LegendPart {
  readonly element: HTMLElement;
  show(legend: Legend | undefined): void;
}

export function createLegend(): LegendPart {
  const element = make('ul', { class: 'legend', hidden: true });
  return {
    element,
    show(legend) {
      const items: HTMLElement[] = [];
      if (legend?.scale) {
        const { colors, ends } = legend.scale;
        const ramp = make('span', {
          class: 'ramp',
          style: `background: linear-gradient(to right, ${colors.join(', ')})`,
        });
        items.push(make('li', {}, ends[0], ramp, ends[1]));
      }
      for (const { color, name } of legend?.swatches ?? []) {
        items.push(make('li', {}, make('span', { class: 'swatch', style: `background: ${color}` }), name));
      }
      element.replaceChildren(...items);
      element.hidden = items.length === 0;
    },
  };
}
