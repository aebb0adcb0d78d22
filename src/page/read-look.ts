import { toPrice } from '../core/price.ts';

/** A price as it is written for people. */
const PRICE_LOOK =
  /[€$£¥₹₺₽₴₩₪฿]\s?\d|\d[\d.,' \u00a0]*(€|kr\b|zł|Kč|lei\b|Ft\b|₽|₺|₴|USD|EUR|CHF|GBP|PLN|SEK)|\b(USD|EUR|CHF|GBP|Rs\.?)\s?\d/i;
/** Prices that are no longer asked. */
const OLD =
  's,del,strike,[class*="old" i],[class*="compare" i],[class*="was-" i],[class*="rrp" i],[class*="original" i],[class*="regular-price" i]';

export const looksPriced = ({ textContent }: Element): boolean => PRICE_LOOK.test(textContent ?? '');

/** The first price in an element that is not struck out, by the innermost element that shows it whole. */
export function priceIn(element: Element | null): number | undefined {
  if (element === null) return undefined;
  for (const child of element.children) {
    const price = priceIn(child);
    if (price !== undefined) return price;
  }
  if (element.matches(OLD)) return undefined;
  const text = [...element.childNodes].map((node) =>
    node instanceof Element && node.matches(OLD) ? '' : node.textContent,
  );
  const found = PRICE_LOOK.exec(text.join(''));
  return found ? toPrice(found.input.slice(found.index)) : undefined;
}

/** A price as a reader takes it: in what is called a price, else wherever one is written. */
export function lookForPrice(card: Element): number | undefined {
  const named = card.querySelector(
    '[class*="price" i] ins, [class*="price" i] [class*="sale" i], [class*="price" i]',
  );
  return priceIn(named) ?? toPrice(named?.textContent) ?? priceIn(card);
}

const MAX_NAME = 40;
/** What a brand or category is called by the class of its element; wrappers of more than a name do not count. */
export function lookForName(card: Element, selector: string): string | undefined {
  const found = [...card.querySelectorAll(selector)].find(
    (element) => element.querySelector('img, h2, h3, h4') === null,
  );
  const text = found?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  return text.length > 0 && text.length <= MAX_NAME && !PRICE_LOOK.test(text) ? text : undefined;
}

export function lookForTitle(card: Element, link: Element | null): string | undefined {
  const heading = card.querySelector('h1, h2, h3, h4, [class*="title" i], [class*="name" i]');
  const texts = [heading?.textContent, link?.textContent, card.querySelector('img')?.getAttribute('alt')];
  return texts.map((text) => text?.replace(/\s+/g, ' ').trim()).find((text) => text);
}

const OUT_OF_STOCK =
  'sold[-_\\s]?out|out[-_\\s]?of[-_\\s]?stock|ausverkauft|nicht (vorrätig|verfügbar)|épuisé|rupture de stock|agotado|esaurito|uitverkocht|slutsåld|wyprzedan|売り切れ|在庫切れ|نفد';
const SAYS = RegExp(OUT_OF_STOCK, 'i');
const SAYS_ONLY = RegExp(`^\\s*(${OUT_OF_STOCK})\\W*$`, 'i');

/** `false` where the card says so to the eye: many themes hold the words in every card and show them in some. */
export function lookForStock(card: Element): false | undefined {
  if (SAYS.test(card.className)) return false;
  const texts = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement: holder } = texts.currentNode as Text;
    if (!SAYS.test(data) || holder === null || holder.closest('button, .hidden, script, template') !== null)
      continue;
    const mark = holder.closest('[class*="badge" i], [class*="stock" i], [class*="flag" i]');
    const isSaid = SAYS_ONLY.test(data) || (mark !== null && card.contains(mark));
    if (isSaid && (holder.checkVisibility?.() ?? true)) return false;
  }
  return undefined;
}
