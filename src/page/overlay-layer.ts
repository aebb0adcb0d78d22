import type { Undo } from './adopt-sheet.ts';

/** Where the developers' overlay lies over the page, in a shadow root of its own. */
export interface OverlayLayer {
  readonly root: ShadowRoot;
  /** Holds what stands on the page's elements. */
  readonly layer: HTMLElement;
  /** Puts it at the upper left corner of the target, wherever that is now. */
  place(shown: HTMLElement, target: Element): DOMRect;
  readonly remove: Undo;
}

export function createOverlayLayer(styles: string): OverlayLayer {
  const host = document.createElement('reshelf-debug');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  const layer = element('div');
  layer.style.setProperty('position', 'absolute');
  layer.style.setProperty('inset', '0 auto auto 0');
  root.append(layer);
  document.body.append(host);
  return {
    root,
    layer,
    place(shown, target) {
      const rect = target.getBoundingClientRect();
      const from = layer.getBoundingClientRect();
      shown.style.setProperty('left', `${rect.left - from.left}px`);
      shown.style.setProperty('top', `${rect.top - from.top}px`);
      return rect;
    },
    remove: () => host.remove(),
  };
}

/** An element with that text and class. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text = '',
  className = '',
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = text;
  if (className !== '') made.className = className;
  return made;
}
