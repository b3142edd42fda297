// What a language must have: everything that a chapter says. English is the model; any other language has the same
// names.
import type { en } from './en.ts';

export type Strings = typeof en;
