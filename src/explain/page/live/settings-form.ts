// Reads the form with the text and the settings, and marks fields with invalid values.
import { type LessonSettings, lessonLimits } from '../../lesson.ts';
import type { Strings } from '../../strings/strings.ts';
import { settingFrom } from '../state.ts';
import { all, byId } from './page-elements.ts';

export interface FieldProblem {
  field: string;
  message: string;
}

export function readSettings({ page }: Strings): { text: string; settings: LessonSettings; problems: FieldProblem[] } {
  const value = (name: string) => (byId(`set-${name}`) as HTMLInputElement).value;
  const problems: FieldProblem[] = [];
  const number = (name: keyof typeof lessonLimits): number => {
    const setting = settingFrom(name, value(name));
    if (setting === undefined)
      problems.push({ field: name, message: page.outOfRange(page[name], ...lessonLimits[name]) });
    return setting ?? 0;
  };
  const settings: LessonSettings = {
    window: number('window'),
    dimensions: number('dimensions'),
    seed: number('seed'),
    learningRate: number('learningRate'),
    as: value('as') === 'word2vec' ? 'word2vec' : 'book',
  };
  return { text: value('text'), settings, problems };
}

export function markFields(problems: readonly FieldProblem[]): void {
  for (const field of all<HTMLInputElement>('#settings [name]')) {
    if (problems.some((problem) => problem.field === field.name)) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }
}
