import { type Catalogue, type Product, sizesInStock } from './catalogue.ts';

export const CART_COOKIE = 'shop_cart';
export const MAX_QUANTITY = 9;
/** A cookie holds 4096 bytes; a line takes about 20. */
const MAX_LINES = 40;

export interface CartLine {
  readonly product: Product;
  readonly size: string;
  readonly quantity: number;
}

/**
 * Reads the cookie's "p-0001*M*2.p-0044*W30*1". It comes from outside: a line with an unknown product or size, or an
 * impossible quantity, is dropped, and so is a second line for the same thing.
 */
export function parseCart(catalogue: Catalogue, cookie: string | undefined): readonly CartLine[] {
  const lines: CartLine[] = [];
  for (const part of (cookie ?? '').split('.').slice(0, MAX_LINES)) {
    const [id, size, quantity, ...rest] = part.split('*');
    if (rest.length > 0) continue;
    const line = parseLine(catalogue, { id, size, quantity });
    if (line && line.quantity > 0 && !lines.some((other) => isSame(other, line))) lines.push(line);
  }
  return lines;
}

/** One line out of a form or the cookie, or `undefined` if any of its fields is not possible. 0 means "none". */
export function parseLine(
  catalogue: Catalogue,
  fields: { readonly id: unknown; readonly size: unknown; readonly quantity: unknown },
): CartLine | undefined {
  const product = typeof fields.id === 'string' ? catalogue.byId(fields.id) : undefined;
  const size = product?.sizes.find((entry) => entry.size === fields.size)?.size;
  if (!product || size === undefined) return undefined;
  if (typeof fields.quantity !== 'string' || !/^\d$/.test(fields.quantity)) return undefined;
  return { product, size, quantity: Number(fields.quantity) };
}

export function formatCart(lines: readonly CartLine[]): string {
  return lines.map(({ product, size, quantity }) => `${product.id}*${size}*${quantity}`).join('.');
}

/** Sold-out sizes leave the cart as it is; more than there are, or than `MAX_QUANTITY`, becomes that number. */
export function addToCart(lines: readonly CartLine[], added: CartLine): readonly CartLine[] {
  if (!sizesInStock(added.product).includes(added.size) || added.quantity === 0) return lines;
  const present = lines.find((line) => isSame(line, added));
  if (present) return changeCart(lines, { ...added, quantity: present.quantity + added.quantity });
  return lines.length < MAX_LINES ? [...lines, { ...added, quantity: possible(added) }] : lines;
}

/** Sets the quantity of a line that is there; 0 removes it. */
export function changeCart(lines: readonly CartLine[], changed: CartLine): readonly CartLine[] {
  return lines
    .map((line) => (isSame(line, changed) ? { ...line, quantity: possible(changed) } : line))
    .filter(({ quantity }) => quantity > 0);
}

export function totalCents(lines: readonly CartLine[]): number {
  return lines.reduce((sum, { product, quantity }) => sum + product.priceCents * quantity, 0);
}

function possible({ product, size, quantity }: CartLine): number {
  const stock = product.sizes.find((entry) => entry.size === size)?.stock ?? 0;
  return Math.min(quantity, stock, MAX_QUANTITY);
}

function isSame(a: CartLine, b: CartLine): boolean {
  return a.product.id === b.product.id && a.size === b.size;
}
