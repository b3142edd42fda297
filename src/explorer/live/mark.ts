// Marks words: those in a lasso, in view, or in a list.
import { strings } from '../strings.ts';
import type { App } from './app.ts';

/** Instead of those marked before; the most frequent first. */
export function markRows(app: App, rows: readonly number[]): void {
  const { list } = app.spaces[app.state.file];
  app.set({ marked: [...rows].sort((a, b) => a - b).map((row) => list[row]) });
  app.say(strings.marked.said(rows.length));
}
