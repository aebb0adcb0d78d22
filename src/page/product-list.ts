import type { ItemId, ListId } from '../core/ids.ts';
import type { Candidate, ItemFacts } from '../core/item.ts';
import type { Recipe } from '../core/recipe.ts';
import type { Confidence } from './read-card.ts';
import type { Slot } from './slot-kind.ts';

/** One place of a list, with what the page says about it. */
export interface Card {
  readonly element: HTMLElement;
  /** `null` for a tile that shows no product. */
  readonly id: ItemId | null;
  readonly facts: ItemFacts;
  readonly currency: string | undefined;
  readonly slot: Slot;
  readonly isPinned: boolean;
  readonly handle?: string | undefined;
  readonly image?: string | undefined;
  readonly confidence: Confidence;
}

/** The way by which a list was found, surest first. */
export type FoundBy = 'selectors' | 'attributes' | 'theme' | 'json-ld' | 'microdata' | 'looks';

/** One product list on the page, its cards in the shop's own order. */
export interface ProductList {
  readonly listId: ListId;
  readonly container: Element;
  /** All that the container held when its cards were read. */
  readonly children: readonly Element[];
  readonly cards: readonly Card[];
  /** How its places are read: a theme's, or worked out on this page. */
  readonly recipe: Recipe;
  readonly foundBy: FoundBy;
}

/** One place as `reshelf.lists()` tells it. */
export interface ListedItem {
  readonly id: string | null;
  readonly title: string | null;
  readonly price: number | null;
  readonly currency: string | null;
  readonly brand: string | null;
  readonly category: string | null;
  readonly colour: string | null;
  readonly sizes: readonly string[];
  readonly inStock: boolean | null;
  readonly slot: Slot;
  /** Whether the place keeps what it shows: sponsored, promo and out-of-stock places, and what the merchant pins. */
  readonly isPinned: boolean;
  readonly position: number;
  /** The product's name in its address. */
  readonly handle: string | null;
  readonly image: string | null;
  /** How sure each field is: 1 where the shop says it for this purpose, less where it was worked out. */
  readonly confidence: Confidence;
}

export interface ListedProducts {
  readonly listId: string;
  readonly items: readonly ListedItem[];
}

export type MovableCard = Card & { readonly id: ItemId };

/** Whether the ranker may give this card another place. */
export function isMovable(card: Card): card is MovableCard {
  return card.slot === 'product' && !card.isPinned && card.id !== null;
}

/** The movable cards as the ranker sees them; a product shown twice counts once. */
export function toCandidates(list: ProductList): Candidate[] {
  const seen = new Set<ItemId>();
  return list.cards.flatMap((card, position) => {
    if (!isMovable(card) || seen.has(card.id)) return [];
    seen.add(card.id);
    return [{ ...card.facts, id: card.id, position }];
  });
}

/** The list as it stands for the eye. @param standing its cards in that order */
export function toListed(
  list: ProductList,
  standing: readonly Element[] = [...list.container.children],
): ListedProducts {
  const places = new Map(standing.map((card, place) => [card, place]));
  const cards = [...list.cards].sort((a, b) => (places.get(a.element) ?? 0) - (places.get(b.element) ?? 0));
  return {
    listId: list.listId,
    items: cards.map(({ id, facts, currency, slot, isPinned, handle, image, confidence }, position) => ({
      id,
      handle: handle ?? null,
      image: image ?? null,
      confidence,
      isPinned,
      title: facts.title ?? null,
      price: facts.price ?? null,
      currency: currency ?? null,
      brand: facts.brand ?? null,
      category: facts.category ?? null,
      colour: facts.colour ?? null,
      sizes: facts.sizes ?? [],
      inStock: facts.inStock ?? null,
      slot,
      position,
    })),
  };
}

/** The innermost card that holds this node. */
export function cardAt(
  lists: readonly ProductList[],
  node: Node | null,
): { list: ProductList; card: Card } | undefined {
  for (const list of lists)
    for (const card of list.cards) if (card.element.contains(node)) return { list, card };
  return undefined;
}
