import { hasLabel, markIn } from './read-rule.ts';

/** What a place of a list holds. Only `product` places move. */
export type Slot = 'product' | 'sponsored' | 'promo' | 'banner';

/** Selects, as or in a card, what marks a place that is paid for. */
export const SPONSORED_MARK =
  '[class*="sponsor" i],[class*="promoted" i],[class*="advert" i],.is-ad,[data-sponsored]:not([data-sponsored="false"]),[aria-label="sponsored" i],[data-ad],[data-ad-id]';
/** The labels of paid places, as a regular expression over markup: a text between two tags that says nothing else. */
export const SPONSORED_LABEL =
  '>(&nbsp;|[^\\w<])*((ge)?spons[^\\s<]+|promoted|ad|advertisement|anzeige|annonse?|patrocinado|reklam[ae]?|広告|إعلان)(&nbsp;|[^\\w<])*<';

/** How far each way of telling a place is believed, as with every other field. */
const SURE = { label: 0.9, mark: 0.8, look: 0.6 } as const;

/**
 * What a place holds: paid places are told by class, attribute or a visible label of their own.
 * @param idSure how sure it is that it shows a product; missing where it shows none
 */
export function slotKind(element: Element, idSure: number | undefined): readonly [slot: Slot, sure: number] {
  if (idSure === undefined)
    return /banner/i.test(element.className) ? ['banner', SURE.mark] : ['promo', SURE.look];
  if (markIn(element, SPONSORED_MARK)) return ['sponsored', SURE.mark];
  return hasLabel(element, SPONSORED_LABEL) ? ['sponsored', SURE.label] : ['product', idSure];
}
