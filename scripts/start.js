// npm start: sets up whatever is missing, then makes vectors of a real text in each way and shows them.
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.js';
import { demonstrate } from './demo.js';

const { portable } = options();
const downloads = ['npm packages 200 MB', 'a text 7 MB', ...(portable ? [] : ['TensorFlow 207 MB'])];
console.log(`Downloads, once: ${downloads.join(', ')}`);
await bootstrap({ tensorflow: false, part: 'command' });
await demonstrate({ portable });

function options() {
  try {
    return parseArgs({ options: { portable: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    console.error(`${error.message}\nnpm start -- --portable leaves TensorFlow out; there are no other options`);
    process.exit(2);
  }
}
