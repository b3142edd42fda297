// Draws when something has changed, once for each picture of the screen, and never otherwise. Hidden tabs get no
// pictures.

export interface FrameClock {
  request(): void;
  /** Milliseconds between the last pictures, without pauses. */
  times(): number[];
  stop(): void;
}

/** Longer intervals are pauses: nothing had to be drawn. */
const PAUSE = 400;
const KEPT = 240;

/** `draw` gets the time and the milliseconds since the last picture, undefined after a pause. */
export function frameClock(draw: (now: number, interval: number | undefined) => void): FrameClock {
  let asked = 0;
  let last = Number.NEGATIVE_INFINITY;
  const times: number[] = [];
  const onFrame = (now: number) => {
    asked = 0;
    const interval = now - last < PAUSE ? now - last : undefined;
    last = now;
    if (interval !== undefined && interval > 0) times.push(interval);
    if (times.length > KEPT) times.shift();
    draw(now, interval);
  };
  return {
    request() {
      if (asked === 0) asked = requestAnimationFrame(onFrame);
    },
    times: () => [...times],
    stop() {
      cancelAnimationFrame(asked);
    },
  };
}
