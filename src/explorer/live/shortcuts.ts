// Whether keys of one character do something outside fields. Who speaks to the browser may press them by accident, so
// they can be turned off (WCAG 2.2, 2.1.4), for all pages of this place.

const KEPT = 'w2v-shortcuts';
let on = read();

export const shortcuts = {
  get on(): boolean {
    return on;
  },
  turn(next: boolean): void {
    on = next;
    try {
      if (on) localStorage.removeItem(KEPT);
      else localStorage.setItem(KEPT, 'off');
    } catch {
      // the browser keeps nothing for this page: off until it is closed
    }
  },
};

function read(): boolean {
  try {
    return localStorage.getItem(KEPT) !== 'off';
  } catch {
    return true;
  }
}
