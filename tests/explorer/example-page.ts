// A page made as the command makes it: a map of a few hundred words, hostile ones among them, with all that colours show.
import { pageDataOf } from '../../src/explorer/page-data-of.ts';
import { explorerPage } from '../../src/explorer/page.ts';
import type { ExplorerFile } from '../../src/explorer/space-data.ts';
import { compareSpaces } from '../../src/compare/compare-spaces.ts';
import { random } from '../../src/random.ts';

export const hostileWords = ['<script>alert(1)</script>', '__proto__', '"><img src=x onerror=alert(1)>', 'שלום', '한국'];
