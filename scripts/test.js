// npm test: set up whatever is missing, then run the tests. Arguments go to vitest: npm test -- tests/setup
import { join } from 'node:path';
import { bootstrap, run } from './bootstrap.js';

await bootstrap();
const vitest = join('node_modules', 'vitest', 'vitest.mjs');
process.exitCode = await run([process.execPath, vitest, 'run', ...process.argv.slice(2)]);
