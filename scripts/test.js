// npm test: set up what is missing but TensorFlow, then run the tests that need seconds. `npm run test:rest`: with TensorFlow,
// all other tests. Arguments go to vitest; files are looked for in both: npm test -- tests/setup
import { join } from 'node:path';
import { bootstrap, run } from './bootstrap.js';

const parameters = process.argv.slice(2);
const isRest = parameters.includes('rest');
const isChosen = isRest || parameters.some((parameter) => !parameter.startsWith('-'));

await bootstrap({ tensorflow: isRest });
const projects = isChosen ? [] : ['--project', 'unit', '--project', 'alone'];
const vitest = join('node_modules', 'vitest', 'vitest.mjs');
process.exitCode = await run([process.execPath, vitest, 'run', ...projects, ...parameters]);
