import { type Catalogue, categoryOf, type Product } from './catalogue.ts';

/** Longest query that is looked at; the rest of a longer one is cut off. */
export const MAX_QUERY = 80;

/**
 * Products in which every word of the query begins some word: "blue dress" finds dresses in blue, "stri" stripes.
 * In the shop's own order; an empty query finds nothing.
 */
export function searchProducts(catalogue: Catalogue, query: string): readonly Product[] {
  const wanted = wordsOf(query.slice(0, MAX_QUERY));
  if (wanted.length === 0) return [];
  return catalogue.products.filter((product) => {
    const has = wordsOf(
      [product.title, product.brand, product.colour, product.shade.name, product.pattern, product.material]
        .concat(categoryOf(product.category)?.name ?? '')
        .join(' '),
    );
    return wanted.every((word) => has.some((other) => other.startsWith(word)));
  });
}

/** Lower case, and without a plural's ending, so that "dresses" and "dress" are one word. */
function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => word.replace(/(?<=ss|sh|ch)es$|(?<=[^s]{2})s$/, ''));
}
