// How many of the points are drawn while the picture moves: fewer where all of them take too long. At rest all are drawn.

export interface Detail {
  /** Share of the points for the next picture of a movement, 0 .. 1. */
  readonly share: number;
  /** After each picture of a movement: the milliseconds it took. */
  took(milliseconds: number): void;
}

const SLOW = 42; // milliseconds: below 24 pictures a second
const FAST = 21;
const AIM = 30;
const LEAST = 1 / 32;

export function detail(): Detail {
  let share = 1;
  let recent: number[] = [];
  return {
    get share() {
      return share;
    },
    took(milliseconds) {
      recent.push(milliseconds);
      const mean = recent.reduce((sum, value) => sum + value, 0) / recent.length;
      if (recent.length >= 3 && mean > SLOW) {
        share = Math.max(LEAST, (share * AIM) / mean);
        recent = [];
      } else if (recent.length >= 20) {
        if (mean < FAST) share = Math.min(1, share * 1.5);
        recent = [];
      }
    },
  };
}
