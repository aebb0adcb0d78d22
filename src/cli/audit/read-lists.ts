import type { Page } from 'playwright';
import { SPONSORED_LABEL, SPONSORED_MARK } from '../../page/slot-kind.ts';

/** One place of a list, in the order of the eye. */
export interface Place {
  /** Path of the product's page; empty for a tile without one. */
  readonly path: string;
  /** Why it must stay, or empty. */
  readonly held: string;
}
export interface ShopList {
  /** Selects the list's children. */
  readonly cards: string;
  readonly places: readonly Place[];
}

/** The list that Reshelf tells, as far as it is read here. */
interface Told {
  readonly items: readonly { readonly handle: string | null; readonly inStock: boolean | null }[];
}

/** Names of the products of the page's longest list, as Reshelf reads it after a grant. */
export const readHandles = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { reshelf } = window as { reshelf?: { lists(): readonly Told[] } };
    const lists = [...(reshelf?.lists() ?? [])].sort((a, b) => b.items.length - a.items.length);
    return (lists[0]?.items ?? []).flatMap(({ handle }) => handle ?? []);
  });

/**
 * The list that shows these products, read by the audit's own eyes: what is paid for, pinned or sold out is told from the page,
 * not from what Reshelf says of it.
 */
export const readList = (page: Page, handles: readonly string[], pins: string): Promise<ShopList | null> =>
  page.evaluate(
    ({ handles, pins, mark, label }) => {
      const known = new Set(handles);
      const nameOf = (link: Element) =>
        (link as HTMLAnchorElement).pathname.split('/').filter(Boolean).at(-1);
      const held = new Map<Element, Set<Element>>();
      for (const link of document.querySelectorAll('a[href]')) {
        if (!known.has(decodeURIComponent(nameOf(link) ?? ''))) continue;
        for (let at: Element = link; at.parentElement !== null; at = at.parentElement)
          held.set(at.parentElement, (held.get(at.parentElement) ?? new Set()).add(at));
      }
      const [container] = [...held].sort(([, a], [, b]) => b.size - a.size)[0] ?? [];
      if (container === undefined) return null;
      const selectorOf = (element: Element): string => {
        if (element.id !== '') return `#${CSS.escape(element.id)}`;
        const { parentElement } = element;
        if (parentElement === null) return element.localName;
        const place = [...parentElement.children].indexOf(element) + 1;
        return `${selectorOf(parentElement)} > :nth-child(${place})`;
      };
      const soldOut =
        /sold[-_\s]?out|out[-_\s]?of[-_\s]?stock|outofstock|ausverkauft|épuisé|agotado|esaurito/i;
      const places = [...container.children]
        .filter((card) => card.getBoundingClientRect().height > 0)
        .sort((a, b) => {
          const [one, other] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
          return Math.round(one.top - other.top) || one.left - other.left;
        })
        .map((card) => {
          const link = [...card.querySelectorAll('a[href]'), ...(card.matches('a[href]') ? [card] : [])].find(
            (one) => known.has(decodeURIComponent(nameOf(one) ?? '')),
          );
          const has = (selector: string) => card.matches(selector) || card.querySelector(selector) !== null;
          const isLabelled = [...card.querySelectorAll('*')].some(
            (one) => one.childElementCount === 0 && new RegExp(label, 'i').test(one.textContent ?? ''),
          );
          const why = has(mark) || isLabelled ? 'sponsored' : has(pins) ? 'pinned' : undefined;
          const isOut = soldOut.test(card.className) || soldOut.test(card.textContent ?? '');
          return {
            path: link === undefined ? '' : (link as HTMLAnchorElement).pathname,
            held: why ?? (isOut ? 'sold out' : link === undefined ? 'no product' : ''),
          };
        });
      return { cards: `${selectorOf(container)} > *`, places };
    },
    { handles, pins, mark: SPONSORED_MARK, label: SPONSORED_LABEL },
  );

/** Address of the page in an order that a shopper can choose there; `undefined` where none is found. */
export const findSort = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const names = /^(sort|sort_by|sortby|orderby|order|product_list_order|sort-by)$/i;
    const shops =
      /^(|manual|featured|default|relevance|relevancy|position|menu_order|recommended|best-match)$/i;
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href*="?"]'))
      for (const [name, value] of new URL(link.href).searchParams)
        if (names.test(name) && !shops.test(value) && link.pathname === location.pathname) return link.href;
    for (const select of document.querySelectorAll('select')) {
      const value = [...select.options].map((option) => option.value).find((one) => !shops.test(one));
      if (!names.test(select.name) || value === undefined) continue;
      const url = new URL(location.href);
      url.searchParams.set(select.name, value);
      return url.href;
    }
    return undefined;
  });
