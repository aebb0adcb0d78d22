import type { Product } from '../../records/shop-data.ts';
import type { Method } from '../method.ts';

/** Events looked back at, and what each counts for against the one after it. */
const EVENTS = 100;
const DECAY = 0.95;

/**
 * A classic content profile (Pazzani and Billsus 2007): words of titles, categories, brands and colours weighted by
 * rarity, the shopper as the fading sum of what was met, a product by the cosine to it.
 */
export const contentProfile: Method = {
  name: 'content',
  async fit({ catalogue: { products } }) {
    const { labelsOf, rarity } = labelProducts(products);
    const norms = labelsOf.map(
      (labels) => Math.hypot(...Array.from(labels, (label) => rarity[label] ?? 0)) || 1,
    );
    return {
      open: ({ events }) => ({
        score({ items }) {
          const profile = new Map<number, number>();
          events
            .slice(-EVENTS)
            .reverse()
            .forEach(({ item }, back) => {
              for (const label of labelsOf[item] ?? [])
                profile.set(label, (profile.get(label) ?? 0) + DECAY ** back * (rarity[label] ?? 0));
            });
          return items.map((item) => {
            let sum = 0;
            for (const label of labelsOf[item] ?? []) sum += (profile.get(label) ?? 0) * (rarity[label] ?? 0);
            return sum / (norms[item] ?? 1);
          });
        },
      }),
    };
  },
};

/** The labels of each product as numbers, and the inverse document frequency of each label. */
function labelProducts(products: readonly Product[]): { labelsOf: Int32Array[]; rarity: number[] } {
  const numbers = new Map<string, number>();
  const counts: number[] = [];
  const labelsOf = products.map((product) =>
    Int32Array.from(labels(product), (label) => {
      const number = numbers.get(label) ?? numbers.size;
      numbers.set(label, number);
      counts[number] = (counts[number] ?? 0) + 1;
      return number;
    }),
  );
  return { labelsOf, rarity: counts.map((count) => Math.log((products.length + 1) / count)) };
}

function labels({ title = '', category, colour, brand }: Product): Set<string> {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  const found = new Set(words.map((word) => `word ${word}`));
  if (category !== undefined) found.add(`category ${category}`);
  if (colour !== undefined) found.add(`colour ${colour}`);
  if (brand !== undefined) found.add(`brand ${brand}`);
  return found;
}
