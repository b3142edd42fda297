// What a reader can change, and the URL's hash that stores it:
// `#text=...&window=2&w=W_in.0.2:0.5&predict=skipgram.0.1.4`. Only differences from the original page are written;
// invalid parts are ignored.
import type { ChapterName } from '../chapters.ts';
import { type Edits, LARGEST_WEIGHT } from '../edits.ts';
import { type LessonSettings, lessonLimits } from '../lesson.ts';
import { type Language, languageNames } from '../strings/languages.ts';
import { FIRST_PLACE, type Place } from '../walk/walk.ts';
import type { WalkName } from '../walk/walks.ts';

export interface Bench {
  walk: WalkName;
  place: Place;
}

export interface LessonState {
  language: Language;
  text: string;
  settings: LessonSettings;
  edits: Edits;
  /** By chapter: which training the reader steps through, and the current step. */
  benches: Readonly<Partial<Record<ChapterName, Bench>>>;
}

/** The chapters with a bench, and the trainings that it offers. */
export const benchWalks: Readonly<Partial<Record<ChapterName, readonly WalkName[]>>> = {
  graph: ['layers'],
  predict: ['cbow', 'skipgram'],
  sampling: ['sampling'],
};

export function firstBenches(): LessonState['benches'] {
  const entries = Object.entries(benchWalks).map(([name, walks]) => [name, { walk: walks[0]!, place: FIRST_PLACE }]);
  return Object.fromEntries(entries);
}

export function hashOf(state: LessonState, made: LessonState): string {
  const fields = new URLSearchParams();
  if (state.language !== made.language) fields.set('lang', state.language);
  if (state.text !== made.text) fields.set('text', state.text);
  for (const name of Object.keys(made.settings) as (keyof LessonSettings)[]) {
    if (state.settings[name] !== made.settings[name]) fields.set(name, `${state.settings[name]}`);
  }
  const edits = Object.entries(state.edits).map(([key, value]) => `${key.replaceAll(' ', '.')}:${value}`);
  if (edits.length > 0) fields.set('w', edits.join(','));
  for (const [name, { walk, place }] of Object.entries(state.benches)) {
    const before = made.benches[name as ChapterName]!;
    const { epoch, pair, operation } = place;
    if (walk === before.walk && epoch + pair + operation === 0) continue;
    fields.set(name, [walk, epoch, pair, operation].join('.'));
  }
  return fields.toString();
}

/** The state that `hash` describes; everything else as in the original page. */
export function stateFrom(hash: string, made: LessonState): LessonState {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const language = languageNames.find((name) => name === fields.get('lang')) ?? made.language;
  return {
    language,
    text: fields.get('text') ?? made.text,
    settings: settingsFrom(fields, made.settings),
    edits: editsFrom(fields.get('w') ?? ''),
    benches: benchesFrom(fields, made.benches),
  };
}

/** A setting from text, or undefined if it is out of range. */
export function settingFrom(name: keyof typeof lessonLimits, text: string): number | undefined {
  const value = Number(text);
  const [low, high] = lessonLimits[name];
  if (text.trim() === '' || !Number.isFinite(value) || value < low || value > high) return undefined;
  if (name === 'learningRate') return value > 0 ? value : undefined;
  return Number.isInteger(value) ? value : undefined;
}

function settingsFrom(fields: URLSearchParams, made: LessonSettings): LessonSettings {
  const number = (name: keyof typeof lessonLimits) => settingFrom(name, fields.get(name) ?? '') ?? made[name];
  const as = fields.get('as');
  return {
    window: number('window'),
    dimensions: number('dimensions'),
    seed: number('seed'),
    learningRate: number('learningRate'),
    as: as === 'book' || as === 'word2vec' ? as : made.as,
  };
}

function editsFrom(text: string): Edits {
  const entries = text.split(',').flatMap((entry) => {
    const [key, number] = entry.split(':');
    const value = Number(number);
    const isWeight = /^(?:(?:layers|sampling)\.)?\w+\.\d{1,2}\.\d{1,2}$/.test(key ?? '');
    return isWeight && number?.trim() && Math.abs(value) <= LARGEST_WEIGHT
      ? [[key!.replaceAll('.', ' '), value] as const]
      : [];
  });
  return Object.fromEntries(entries);
}

function benchesFrom(fields: URLSearchParams, made: LessonState['benches']): LessonState['benches'] {
  const entries = Object.entries(made).map(([name, bench]) => {
    const [walk, ...numbers] = (fields.get(name) ?? '').split('.');
    const known = benchWalks[name as ChapterName]!.find((one) => one === walk);
    const [epoch, pair, operation] = numbers.map(Number);
    const isPlace = numbers.length === 3 && numbers.every((text) => /^\d{1,6}$/.test(text));
    if (known === undefined || !isPlace) return [name, bench];
    return [name, { walk: known, place: { epoch: epoch!, pair: pair!, operation: operation! } }];
  });
  return Object.fromEntries(entries);
}
