// The live region: what happened, for screen readers always, for eyes for some seconds.
import type { App } from './app.ts';

const SHOWN = 6000; // milliseconds

export function createStatus(place: HTMLElement): { say: App['say']; clear(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = () => {
    clearTimeout(timer);
    place.className = '';
    place.textContent = '';
  };
  return {
    clear,
    say(message, { bad = false, quiet = false } = {}) {
      clearTimeout(timer);
      place.textContent = message;
      place.className = quiet ? 'unseen' : bad ? 'shown bad' : 'shown';
      timer = setTimeout(clear, SHOWN);
    },
  };
}
