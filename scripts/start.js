// npm start: set up whatever is missing, then train on the demo corpus and show the result.
import { join } from 'node:path';
import { bootstrap, run } from './bootstrap.js';

await bootstrap();
process.exitCode = await run([process.execPath, join('scripts', 'demo.js'), ...process.argv.slice(2)]);
