// The picture by keyboard: arrows move the map below the cursor in the middle, or turn a map of three axes.

export interface KeyActions {
  axes(): 2 | 3;
  /** In shares of the picture's shorter side. */
  moved(right: number, down: number): void;
  /** In shares of half a turn. */
  turned(right: number, down: number): void;
  zoomed(factor: number): void;
  wholeMap(): void;
  /** The word under the cursor. */
  picked(): void;
  gaveUp(): void;
}

const arrows: Record<string, [right: number, down: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function listenToKeys(element: HTMLElement, actions: KeyActions): void {
  element.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== element) return;
    const arrow = arrows[event.key];
    const others: Record<string, () => void> = {
      '+': () => actions.zoomed(1.5),
      '=': () => actions.zoomed(1.5),
      '-': () => actions.zoomed(1 / 1.5),
      _: () => actions.zoomed(1 / 1.5),
      0: actions.wholeMap,
      Home: actions.wholeMap,
      Enter: actions.picked,
      ' ': actions.picked,
      Escape: actions.gaveUp,
    };
    if (arrow) {
      if (actions.axes() === 3 && !event.shiftKey) actions.turned(arrow[0] * 0.08, arrow[1] * 0.08);
      else actions.moved(arrow[0] * (event.shiftKey ? 0.04 : 0.12), arrow[1] * (event.shiftKey ? 0.04 : 0.12));
    } else if (others[event.key]) others[event.key]!();
    else return;
    event.preventDefault();
  });
}
