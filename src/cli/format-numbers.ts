// Figures as people read them, the same on the terminal as in reports.
export { byteSize, counted, duration, thousands } from '../report/format-numbers.ts';
