// The languages a lesson can be in. A new one is a file of type Strings and a line here.
import { en } from './en.ts';
import { ko } from './ko.ts';
import type { Strings } from './strings.ts';

export type Language = 'en' | 'ko';
export const languages: Readonly<Record<Language, Strings>> = { en, ko };
export const languageNames = Object.keys(languages) as Language[];
