import { toPrice } from '../core/price.ts';
import { readRule } from './read-rule.ts';

/** A price as it is written for people. */
const PRICE_LOOK =
  /(\p{Sc}|\b(USD|EUR|CHF|GBP|PLN|SEK|NOK|DKK|kr|Rs|Rp|Dhs?)\.?)\s?\d|\d[\d.,'’\s-]*(\p{Sc}|kr\b|zł|Kč|lei\b|Ft\b|USD|EUR|CHF|GBP|PLN|SEK|NOK|DKK)/iu;
/** Elements, by name and class, whose prices are not asked: struck out, saved, or for a unit of what is sold. */
const NOT_ASKED =
  /^(s|del|strike) |[\s_-](old|was-|unit)| list-price|Old|compare|rrp|original|regular-price|saving|line-through/;
const isAsked = ({ localName, className }: Element): boolean => !NOT_ASKED.test(`${localName} ${className}`);

/** The first price in an element that is asked for it, by the innermost element that shows it whole. */
export function priceIn(element: Element | null): number | undefined {
  if (element === null || !(isAsked(element) || element.querySelector('img'))) return undefined; // a card is no price
  for (const child of element.children) {
    const price = priceIn(child);
    if (price !== undefined) return price;
  }
  const text = [...element.childNodes].map(
    (node) => (isAsked(node as Element) ? node.textContent : ''), // text has neither name nor class
  );
  const found = PRICE_LOOK.exec(text.join(''));
  return found ? toPrice(found.input.slice(found.index)) : undefined;
}

/** A price as a reader takes it: in what is called a price, else wherever one is written. */
export function lookForPrice(card: Element): number | undefined {
  const named = card.querySelector('[class*="price" i]');
  return priceIn(named) ?? priceIn(card) ?? toPrice(named?.textContent);
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

export const lookForTitle = (card: Element, link: Element | null): string | undefined =>
  readRule(card, 'h1, h2, h3, h4, [class*="title" i], [class*="name" i]') ??
  (link && readRule(link, '')) ??
  readRule(card, 'img @alt');

const OUT_OF_STOCK =
  'sold[-_\\s]?out|out[-_\\s]?of[-_\\s]?stock|ausverkauft|nicht (mehr )?(vorrätig|verfügbar|lieferbar)|épuisé|rupture de stock|agotado|esaurito|uitverkocht|slutsåld|u[td]solgt|currently unavailable|wyprzedan|売り切れ|在庫切れ|نفد';
const SAYS = RegExp(OUT_OF_STOCK, 'i');
const SAYS_ONLY = RegExp(`^\\s*(${OUT_OF_STOCK})\\W*$`, 'i');

/** `false` where the card says so to the eye: many themes hold the words in every card and show them in some. */
export function lookForStock(card: Element): false | undefined {
  if (SAYS.test(card.className)) return false;
  const texts = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement: holder } = texts.currentNode as Text;
    if (
      !SAYS.test(data) ||
      holder === null ||
      holder.closest('button:enabled, .hidden, script, template') !== null
    )
      continue;
    const mark = holder.closest('[class*="badge" i], [class*="stock" i], [class*="flag" i]');
    const isSaid = SAYS_ONLY.test(data) || (mark !== null && card.contains(mark));
    if (isSaid && (holder.checkVisibility?.() ?? true)) return false;
  }
  return undefined;
}
