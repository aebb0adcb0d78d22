/** The goods of every platform's test page: one is sold out; titles, brands and prices are made up here. */
export interface Good {
  readonly id: string;
  readonly handle: string;
  readonly title: string;
  readonly price: number;
  readonly brand: string;
  readonly category: string;
  readonly isSoldOut: boolean;
}

const TITLES = [
  'Oak side table',
  'Walnut stool',
  'Linen armchair',
  'Brass floor lamp',
  'Wool rug, grey',
  'Ash bookcase',
  'Velvet footstool',
  'Glass pendant lamp',
  'Oak dining table',
  'Jute rug',
  'Walnut desk',
  'Linen curtain pair',
  'Steel desk lamp',
  'Ash coat rack',
  'Velvet cushion',
  'Oak bench',
  'Paper lamp',
  'Cotton rug, blue',
  'Walnut shelf',
  'Linen sofa',
  'Brass hook set',
  'Ash nightstand',
  'Wool throw',
  'Oak mirror',
] as const;
const BRANDS = ['Hedda & Bo', 'Nordlys', 'Atelier Quay'] as const;
const CATEGORIES = ['Tables', 'Seating', 'Lighting', 'Textiles'] as const;

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const pick = <Value>(values: readonly [Value, ...Value[]], index: number): Value =>
  values[index % values.length] ?? values[0];

/** What kind of thing a title names. */
function categoryOf(title: string): string {
  if (/lamp/i.test(title)) return CATEGORIES[2];
  if (/rug|curtain|cushion|throw/i.test(title)) return CATEGORIES[3];
  if (/stool|armchair|bench|sofa/i.test(title)) return CATEGORIES[1];
  return CATEGORIES[0];
}

/** @param from number of the first product, for further pages */
export function goods(count: number, from = 0): Good[] {
  return Array.from({ length: count }, (_, i) => {
    const index = from + i;
    const title = `${pick(TITLES, index)}${index < TITLES.length ? '' : ` ${Math.floor(index / TITLES.length) + 1}`}`;
    return {
      id: String(7_400_100_000 + index * 17),
      handle: slug(title),
      title,
      price: 19 + ((index * 37) % 400) + (index % 3 === 0 ? 0.9 : 0.5),
      brand: pick(BRANDS, index),
      category: categoryOf(title),
      isSoldOut: index === 4,
    };
  });
}

export const escaped = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark] ?? mark,
  );

/** A picture of one colour per product, so that pages need no other file. */
export const picture = ({ id }: Good, attributes = ''): string =>
  `<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='300' height='300'%3E%3Crect width='300' height='300' fill='hsl(${Number(id) % 360} 40%25 70%25)'/%3E%3C/svg%3E" alt="" width="300" height="300" ${attributes}>`;

/** A shorter id, as PrestaShop and OpenCart count. */
export const shortId = ({ id }: Good): string => String(Number(id) % 900);

/** A price as it is written in the euro's countries. */
export const comma = (price: number): string => `${price.toFixed(2).replace('.', ',')}\u00a0€`;
