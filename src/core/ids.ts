/** Strings and numbers that must not be mixed up. They are branded where outside input is parsed, nowhere else. */
declare const brand: unique symbol;
type Branded<Value, Name extends string> = Value & { readonly [brand]: Name };

/** The shop's own name of one product. */
export type ItemId = Branded<string, 'ItemId'>;
/** One product list of one page; the same on every load of that page. */
export type ListId = Branded<string, 'ListId'>;
/** One answer of the ranker: random, never derived from the person or the machine. */
export type SlateId = Branded<string, 'SlateId'>;
/** Milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = Branded<number, 'EpochMs'>;

export const asItemId = (text: string): ItemId => text as ItemId;
export const asListId = (text: string): ListId => text as ListId;
export const asSlateId = (text: string): SlateId => text as SlateId;
export const asEpochMs = (ms: number): EpochMs => ms as EpochMs;

export const DAY_MS = 86_400_000;
