import { isStyle, type Style } from './pictures/picture.ts';

export const CATEGORIES = [
  { slug: 'dresses', name: 'Dresses', line: 'For the office, for the ferry, for dancing on gravel.' },
  { slug: 'shirts', name: 'Shirts & blouses', line: 'Collars with opinions, sleeves that roll.' },
  { slug: 't-shirts', name: 'T-shirts', line: 'The first thing on, the last thing you notice.' },
  { slug: 'knitwear', name: 'Knitwear', line: 'Raised, brushed and ribbed. The reason for our name.' },
  { slug: 'jackets', name: 'Jackets & coats', line: 'Something between you and the weather.' },
  { slug: 'jeans', name: 'Jeans', line: 'Stiff now, yours by spring.' },
  { slug: 'trousers', name: 'Trousers & shorts', line: 'A good crease, or none at all.' },
  { slug: 'skirts', name: 'Skirts', line: 'Pleats, tiers and one good slip.' },
  { slug: 'shoes', name: 'Shoes', line: 'Resoleable where it can be done.' },
  { slug: 'bags', name: 'Bags', line: 'For one book, or for the whole weekend.' },
  { slug: 'accessories', name: 'Accessories', line: 'Small things with good manners.' },
] as const;

export type Category = (typeof CATEGORIES)[number];
export type CategorySlug = Category['slug'];

export const PATTERNS = ['plain', 'striped', 'checked', 'dotted', 'floral'] as const;

export interface SizeStock {
  readonly size: string;
  /** Pieces left; 0 is sold out. */
  readonly stock: number;
}

export interface Product {
  /** "p-0001", counted in the order of the shop. */
  readonly id: string;
  /** Its place in the address: /p/<handle>. */
  readonly handle: string;
  readonly title: string;
  readonly brand: string;
  readonly category: CategorySlug;
  readonly style: Style;
  /** Colour family, for people who look for "blue". */
  readonly colour: string;
  readonly shade: { readonly name: string; readonly hex: string };
  readonly pattern: (typeof PATTERNS)[number];
  readonly material: string;
  readonly sizes: readonly SizeStock[];
  /** Whole cents, so that a cart adds up exactly. */
  readonly priceCents: number;
  readonly currency: 'EUR';
  /** 1 to 5, one decimal. */
  readonly rating: number;
  readonly ratings: number;
  readonly description: string;
  /** Paid for by the brand: shown at a fixed place with a label. */
  readonly sponsored: boolean;
}

export interface Catalogue {
  /** In the order of the shop. */
  readonly products: readonly Product[];
  byId(id: string): Product | undefined;
  byHandle(handle: string): Product | undefined;
  inCategory(slug: CategorySlug): readonly Product[];
}

export const ONE_SIZE = 'One size';

export function categoryOf(slug: string): Category | undefined {
  return CATEGORIES.find((category) => category.slug === slug);
}

export function sizesInStock(product: Product): readonly string[] {
  return product.sizes.filter(({ stock }) => stock > 0).map(({ size }) => size);
}

/**
 * @param data what `catalogue.json` holds, parsed as JSON
 * @throws TypeError naming the product and the field, on anything that is not as `Product` says
 */
export function parseCatalogue(data: unknown): Catalogue {
  if (!Array.isArray(data)) throw new TypeError('catalogue: expected an array of products');
  const products = data.map(parseProduct);
  const byId = new Map(products.map((product) => [product.id, product]));
  const byHandle = new Map(products.map((product) => [product.handle, product]));
  if (byId.size !== products.length) throw new TypeError('catalogue: two products share an id');
  if (byHandle.size !== products.length) throw new TypeError('catalogue: two products share a handle');
  return {
    products,
    byId: (id) => byId.get(id),
    byHandle: (handle) => byHandle.get(handle),
    inCategory: (slug) => products.filter(({ category }) => category === slug),
  };
}

function parseProduct(raw: unknown, index: number): Product {
  const record = asRecord(raw);
  if (!record) throw new TypeError(`catalogue: entry ${index} is not an object`);

  function field<T>(name: string, parse: (value: unknown) => T | undefined, source = record): T {
    const value = parse(source?.[name]);
    if (value === undefined) throw new TypeError(`catalogue: entry ${index} has a bad "${name}"`);
    return value;
  }

  const shade = field('shade', asRecord);
  return {
    id: field('id', matching(/^p-\d{4}$/)),
    handle: field('handle', matching(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
    title: field('title', asText),
    brand: field('brand', asText),
    category: field('category', (value) => CATEGORIES.find(({ slug }) => slug === value)?.slug),
    style: field('style', (value) => (isStyle(value) ? value : undefined)),
    colour: field('colour', asText),
    shade: { name: field('name', asText, shade), hex: field('hex', matching(/^#[0-9a-f]{6}$/), shade) },
    pattern: field('pattern', (value) => PATTERNS.find((pattern) => pattern === value)),
    material: field('material', asText),
    sizes: field('sizes', asSizes),
    priceCents: field('priceCents', within(1, 1_000_000)),
    currency: field('currency', (value) => (value === 'EUR' ? value : undefined)),
    rating: field('rating', (value) =>
      typeof value === 'number' && value >= 1 && value <= 5 ? value : undefined,
    ),
    ratings: field('ratings', within(0, 1_000_000)),
    description: field('description', asText),
    sponsored: field('sponsored', (value) => (typeof value === 'boolean' ? value : undefined)),
  };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  // Safe: any object that is not null may be read by string keys.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function matching(form: RegExp) {
  return (value: unknown) => (typeof value === 'string' && form.test(value) ? value : undefined);
}

function within(min: number, max: number) {
  return (value: unknown) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : undefined;
}

function asSizes(value: unknown): readonly SizeStock[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const sizes: SizeStock[] = [];
  for (const entry of value) {
    const record = asRecord(entry);
    const size = asText(record?.size);
    const stock = within(0, 999)(record?.stock);
    if (size === undefined || stock === undefined || sizes.some((other) => other.size === size))
      return undefined;
    sizes.push({ size, stock });
  }
  return sizes;
}
