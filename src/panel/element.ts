/** A child of a tag name and a text, appended. */
export function append<Name extends keyof HTMLElementTagNameMap>(
  parent: Node,
  name: Name,
  text = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.textContent = text;
  parent.appendChild(element);
  return element;
}

/** A button that is no submit button. */
export function appendButton(parent: Node, text: string, press: () => void): HTMLButtonElement {
  const button = append(parent, 'button', text);
  button.type = 'button';
  button.addEventListener('click', press);
  return button;
}

/** Shared by everything that the shopper sees. Hosts keep `display` against a page's `* { display: none }`. */
const BASE = `
:host { all: initial !important; font: 1rem/1.5 var(--reshelf-font, system-ui, sans-serif) !important; color-scheme: light dark !important; }
* { box-sizing: border-box; }
button { font: inherit; font-weight: 600; min-block-size: 2.75rem; min-inline-size: 2.75rem; padding: 0.5rem 1rem; border-radius: var(--reshelf-radius, 0.625rem);
  cursor: pointer; color: inherit; background: transparent; border: 2px solid; }
button:hover { background: #8883; }
:focus-visible { outline: 3px solid var(--reshelf-focus, #2f6fed); outline-offset: 2px; }
`;

/** A host outside the page's styles, with the common looks and its own; its sheet is adopted, because a strict CSP blocks `<style>`. */
export function createHost(name: string, styles: string, isRightToLeft: boolean): [HTMLElement, ShadowRoot] {
  const host = document.createElement(name);
  if (isRightToLeft) host.dir = 'rtl';
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(BASE + styles);
  root.adoptedStyleSheets = [sheet];
  return [host, root];
}

/** Where hosts go: a page may lack a body. */
export const pageRoot = (): Element => document.body ?? document.documentElement;
