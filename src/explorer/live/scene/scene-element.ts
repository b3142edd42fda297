// The element of a scene: it takes the keyboard's focus and says what the keys do.
import { strings } from '../../strings.ts';

export interface SceneElement {
  element: HTMLElement;
  /** Says what the keyboard's cursor is on. */
  say(text: string): void;
  describe(V: number, axes: 2 | 3): void;
}

const FILLING = { position: 'absolute', inset: '0', width: '100%', height: '100%', display: 'block' };
const UNSEEN = { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' };

export function sceneElement(): SceneElement {
  const element = document.createElement('div');
  element.className = 'scene';
  element.tabIndex = 0;
  element.setAttribute('role', 'application');
  element.setAttribute('aria-roledescription', strings.map.scene.role);
  Object.assign(element.style, {
    position: 'relative',
    width: '100%',
    height: '100%',
    overflow: 'hidden',
    touchAction: 'none',
    userSelect: 'none',
    webkitUserSelect: 'none',
    outlineOffset: '-3px',
  });
  const live = document.createElement('div');
  live.setAttribute('aria-live', 'polite');
  Object.assign(live.style, UNSEEN);
  element.append(live);
  return {
    element,
    say(text) {
      live.textContent = text;
    },
    describe(V, axes) {
      element.setAttribute('aria-label', strings.map.scene.label(V, axes));
    },
  };
}

/** Lays a canvas over the whole element; what it shows is for eyes only. */
export function addCanvas(element: HTMLElement, canvas: HTMLCanvasElement, before?: Element): void {
  canvas.setAttribute('aria-hidden', 'true');
  Object.assign(canvas.style, FILLING);
  element.insertBefore(canvas, before ?? element.lastChild);
}
