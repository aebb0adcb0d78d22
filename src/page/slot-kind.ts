import { hasLabel, hasMark } from './read-rule.ts';

/** What a place of a list holds. Only `product` places move. */
export type Slot = 'product' | 'sponsored' | 'promo' | 'banner';

/** Selects, as or in a card, what marks a place that is paid for. */
export const SPONSORED_MARK =
  '[class*="sponsor" i],[class*="promoted" i],[class*="advert" i],.is-ad,[data-sponsored]:not([data-sponsored="false"]),[aria-label="sponsored" i],[data-ad],[data-ad-id]';
/** The labels of paid places, as a regular expression. */
export const SPONSORED_LABEL =
  '^\\W*((ge)?spons\\S+|promoted|ad|advertisement|anzeige|annonse?|patrocinado|reklam[ae]?|広告|إعلان)\\W*$';

/** What a place holds: paid places are told by class, attribute or a visible label of their own. */
export function slotKind(element: Element, hasId: boolean): Slot {
  if (!hasId) return /banner/i.test(element.className) ? 'banner' : 'promo';
  return hasMark(element, SPONSORED_MARK) || hasLabel(element, SPONSORED_LABEL) ? 'sponsored' : 'product';
}
