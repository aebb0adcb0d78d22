import { toCategory, toLabel } from '../../core/label.ts';
import { toItemId } from '../../core/minimize.ts';

/** One product of a merchant's catalogue, in the catalogue's order. Texts are `''` where the feed says nothing. */
export interface FeedProduct {
  readonly id: string;
  /** Normalized as the worker does it. */
  readonly category: string;
  readonly title: string;
  readonly brand: string;
  readonly colour: string;
}

/** Another name of a product in orders: a variant's SKU, a number. */
export interface FeedName {
  readonly name: string;
  readonly id: string;
}

/** What one piece of a feed holds. */
export interface FeedPart {
  readonly products: FeedProduct[];
  readonly names: FeedName[];
}

export type Feed = AsyncGenerator<FeedPart>;

/** Attributes of this name are colours. */
export const COLOUR_NAME = /^(colou?rs?|farbe|couleur|colore|kleur|färg|farve)$/i;

export interface RawProduct {
  readonly id: string;
  readonly category?: string | undefined;
  readonly title?: string | undefined;
  readonly brand?: string | undefined;
  readonly colour?: string | undefined;
}

/** @returns `undefined` when the id is none that a page could name */
export function toProduct(raw: RawProduct): FeedProduct | undefined {
  const id = toItemId(raw.id);
  if (id === undefined) return undefined;
  return {
    id,
    category: toCategory(raw.category) ?? '',
    title: raw.title ?? '',
    brand: toLabel(raw.brand) ?? '',
    colour: toLabel(raw.colour) ?? '',
  };
}

/** Adds `name` unless it is empty or the id itself. */
export function addName(names: FeedName[], name: string, id: string): void {
  const known = toItemId(name);
  if (known !== undefined && known !== id) names.push({ name: known, id });
}
