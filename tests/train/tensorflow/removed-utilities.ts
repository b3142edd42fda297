// tfjs-node's operations call two functions of node:util that Node 23 removed and Node 22 warns of. w2v uses none of
// these operations, so it leaves node:util alone; tests do use them, and put the two back. As source too, for processes
// of their own.
import { createRequire } from 'node:module';

export const defineRemovedUtilities = `Object.assign(require('node:util'), {
  isNullOrUndefined: (value) => value === null || value === undefined,
  isArray: Array.isArray,
});`;

new Function('require', defineRemovedUtilities)(createRequire(import.meta.url));
