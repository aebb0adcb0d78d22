/**
 * Writes `catalogue.json`: run once with `npx tsx demo/make-catalogue.ts`, and again only to change the range.
 * Seeded, so the same script gives the same shop on every machine.
 */
import { writeFileSync } from 'node:fs';
import {
  CATEGORIES,
  type CategorySlug,
  ONE_SIZE,
  type Product,
  parseCatalogue,
  type SizeStock,
} from './catalogue.ts';
import {
  BRANDS,
  COLOURS,
  type Cut,
  DENIM_COLOURS,
  LEATHER_COLOURS,
  MATERIAL_LINES,
  NAMES,
  WARDROBE,
} from './wardrobe.ts';

const SIZES = {
  letters: ['XS', 'S', 'M', 'L', 'XL'],
  waist: ['W26', 'W28', 'W30', 'W32', 'W34', 'W36'],
  shoe: ['37', '38', '39', '40', '41', '42', '43'],
  one: [ONE_SIZE],
} as const;

/** Brands that pay for a place, by category: the list position in the category that is theirs. */
const SPONSORED: Partial<Record<CategorySlug, readonly number[]>> = {
  dresses: [9, 27],
  jackets: [12],
  shoes: [6],
};

/** mulberry32, public domain, Tommy Ettinger: small, and good enough for a shop window. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const random = createRandom(20251);
const between = (min: number, max: number) => min + random() * (max - min);

/** The entry at a place that may run past the end: walking a list round and round mixes evenly. */
function around<T>(list: readonly T[], at: number): T {
  const entry = list[at % list.length];
  if (entry === undefined) throw new RangeError('an empty list has no entries');
  return entry;
}

/** What is left of each list that is being dealt from. */
const packs = new Map<readonly unknown[], unknown[]>();

/**
 * Deals a list out in random order, then all over again: everything comes equally often, in no visible rhythm.
 * @param isTooNear what must not come next, if there is still anything else
 */
function deal<T>(list: readonly T[], isTooNear: (entry: T) => boolean): T {
  // Safe: a pack is only ever filled from the list it is kept under.
  let pack = (packs.get(list) ?? []) as T[];
  if (pack.every(isTooNear)) pack = [...pack, ...list];
  const fitting = pack.filter((entry) => !isTooNear(entry));
  const dealt = around(fitting.length > 0 ? fitting : pack, Math.floor(random() * 97));
  pack.splice(pack.indexOf(dealt), 1);
  packs.set(list, pack);
  return dealt;
}

const slugOf = (text: string) =>
  text
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

// Nobody sells poppy-red or lilac trousers in every cloth; the quiet colours do.
const TROUSER_COLOURS = COLOURS.filter(({ family }) => !['Red', 'Lilac'].includes(family));

function coloursFor(material: string, category: CategorySlug): typeof COLOURS {
  if (material === 'denim') return DENIM_COLOURS;
  if (material === 'leather' || material === 'suede') return LEATHER_COLOURS;
  return category === 'trousers' ? TROUSER_COLOURS : COLOURS;
}

function stockFor(kind: keyof typeof SIZES): SizeStock[] {
  const isSoldOut = random() < 0.03;
  return SIZES[kind].map((size) => {
    const isGone = isSoldOut || (kind !== 'one' && random() < 0.16);
    return { size, stock: isGone ? 0 : 1 + Math.floor(random() * 14) };
  });
}

function titleOf(cut: Cut, at: number, material: string, pattern: string, shade: string): string {
  const noun = around(cut.nouns, at + Math.floor(random() * 2));
  const name = around(NAMES, Math.floor(random() * NAMES.length));
  const cloth = material === 'cotton knit' ? 'cotton' : material;
  const printed = pattern === 'plain' ? '' : `${pattern} `;
  const says = (word: string) => noun.includes(word);
  switch (Math.floor(random() * 3)) {
    case 0:
      return `${name} ${printed}${noun}`;
    case 1:
      return `${name} ${printed}${says(cloth) ? '' : `${cloth} `}${noun}`;
    default:
      return `${name} ${printed}${noun} in ${shade}`;
  }
}

const made: Omit<Product, 'id'>[] = [];
const handles = new Set<string>();

for (const { slug } of CATEGORIES) {
  const { count, sizes, cuts } = WARDROBE[slug];
  const brands = BRANDS.filter(({ makes }) => makes.length === 0 || makes.includes(slug));
  const sponsoredAt = SPONSORED[slug] ?? [];
  let previous: { style: string; family: string; brand: string } | undefined;
  for (let i = 0; i < count; i++) {
    const cut = deal(cuts, ({ style }) => style === previous?.style);
    const material = around(cut.materials, Math.floor(random() * cut.materials.length));
    const family = deal(coloursFor(material, slug), (entry) => entry.family === previous?.family);
    const brand = deal(brands, ({ name }) => name === previous?.brand);
    previous = { style: cut.style, family: family.family, brand: brand.name };
    const [shade, hex] = around(family.shades, Math.floor(random() * family.shades.length));
    const isPlainCloth = ['leather', 'suede', 'denim', 'tweed', 'corduroy'].includes(material);
    const pattern = isPlainCloth ? 'plain' : around(cut.patterns, Math.floor(random() * cut.patterns.length));
    const title = titleOf(cut, i, material, pattern, shade);
    let handle = slugOf(`${title} ${title.includes(shade) ? '' : shade}`);
    for (let n = 2; handles.has(handle); n++) handle = `${slugOf(title)}-${shade}-${n}`.replaceAll(' ', '-');
    handles.add(handle);
    const euros = between(cut.price[0], cut.price[1]) * brand.factor;
    made.push({
      handle,
      title,
      brand: brand.name,
      category: slug,
      style: cut.style,
      colour: family.family,
      shade: { name: shade, hex },
      pattern,
      material,
      sizes: stockFor(sizes),
      priceCents:
        euros < 40 ? Math.round(euros) * 100 - 10 : Math.round(euros / 5) * 500 - (random() < 0.5 ? 100 : 0),
      currency: 'EUR',
      rating: Math.round(between(3.4, 4.95) * 10) / 10,
      ratings: Math.floor(random() ** 2 * 420) + 3,
      description: `${around(cut.lines, Math.floor(random() * 2))} ${MATERIAL_LINES[material] ?? ''}`.trim(),
      sponsored: sponsoredAt.includes(i),
    });
  }
}

// Dealt like cards, one from each category in turn: the file's order mixes the whole shop.
const piles = CATEGORIES.map(({ slug }) => made.filter(({ category }) => category === slug));
const products: Product[] = [];
for (let round = 0; products.length < made.length; round++) {
  for (const pile of piles) {
    const product = pile[round];
    if (product) products.push({ id: `p-${String(products.length + 1).padStart(4, '0')}`, ...product });
  }
}

parseCatalogue(products);
const lines = products.map((product) => JSON.stringify(product));
writeFileSync(new URL('catalogue.json', import.meta.url), `[\n${lines.join(',\n')}\n]\n`);
console.log(`${products.length} products from ${new Set(products.map(({ brand }) => brand)).size} brands`);
