// Shopping sessions with a hidden rule: each session is about one or two kinds of products. Made with a seed.
export const kinds = {
  coffee: ['espresso', 'filter', 'grinder', 'milk-jug', 'decaf', 'kettle', 'mug', 'scale'],
  bicycle: ['tube', 'pump', 'helmet', 'lock', 'saddle', 'chain-oil', 'bell', 'rack'],
  baby: ['diapers', 'wipes', 'bottle', 'pacifier', 'bib', 'blanket', 'rattle', 'crib'],
  office: ['stapler', 'paper', 'toner', 'binder', 'marker', 'notebook', 'desk-lamp', 'envelope'],
  garden: ['seeds', 'rake', 'hose', 'gloves', 'compost', 'planter', 'shears', 'trowel'],
  camping: ['tent', 'stove', 'sleeping-bag', 'headlamp', 'map', 'rope', 'water-filter', 'mat'],
};

/** A list of products a session, as many as asked. */
export function makeSessions(count, seed = 1) {
  let state = seed;
  const below = (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes
    return Math.floor((state / 2 ** 32) * bound);
  };
  const names = Object.keys(kinds);
  const everything = Object.values(kinds).flat();
  return Array.from({ length: count }, () => {
    const main = kinds[names[below(names.length)]];
    const other = kinds[names[below(names.length)]];
    return Array.from({ length: 4 + below(6) }, () => {
      const dice = below(10);
      const from = dice < 7 ? main : dice < 9 ? other : everything;
      return from[below(from.length)];
    });
  });
}
