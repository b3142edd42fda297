// How many of the points are drawn while the picture moves: fewer where all of them take too long. At rest all are
// drawn.

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
const PAUSE = 120;

/** Fewer points that make a picture no quicker than this share of its time before are not what makes it slow. */
const HELPS = 0.85;

export function detail(): Detail {
  let share = 1;
  let before: { share: number; mean: number } | undefined;
  let recent: number[] = [];
  /** Pictures until fewer points are tried again, after they did not help. */
  let pause = 0;
  return {
    get share() {
      return share;
    },
    took(milliseconds) {
      recent.push(milliseconds);
      pause = Math.max(0, pause - 1);
      const mean = recent.reduce((sum, value) => sum + value, 0) / recent.length;
      if (recent.length >= 4 && before && mean > HELPS * before.mean) {
        share = before.share;
        before = undefined;
        pause = PAUSE;
      } else if (recent.length >= 4 && mean > SLOW && pause === 0 && share > LEAST) {
        before = { share, mean };
        share = Math.max(LEAST, (share * AIM) / mean);
      } else if (recent.length >= 20) {
        before = undefined;
        if (mean < FAST) share = Math.min(1, share * 1.5);
      } else return;
      recent = [];
    },
  };
}
