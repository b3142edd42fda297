// fast-check for the tests. `npm test` tries few cases of each property, `npm run test:rest` all of them.
import fc from 'fast-check';

const isQuick = process.env.W2V_QUICK === '1';
const QUICK = 20;

if (isQuick) fc.configureGlobal({ numRuns: QUICK });

/** How many cases are tried of a property that needs `all` of them to find what it is there for. */
export const runs = (all: number) => (isQuick ? Math.min(all, QUICK) : all);

export { fc };
