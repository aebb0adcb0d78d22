import { type Evidence, emptyProfile, type ItemMemory, type Profile } from './profile.ts';

/** Bumped when the shape changes: an older record is folded again from the journal. */
const VERSION = 2;

/** Field order of the two kinds of rows; names are not stored with every row, which keeps a year under 256 kB. */
const MEMORY_FIELDS = Object.keys({
  views: 0,
  clicks: 0,
  carts: 0,
  purchases: 0,
  purchaseVisits: 0,
  firstVisit: 0,
  lastVisit: 0,
  lastAt: 0,
  lastPurchaseVisit: 0,
  lastPurchaseAt: 0,
  lastClickVisit: 0,
  lastCartVisit: 0,
  lastStep: 0,
  lastClickStep: 0,
} satisfies Record<keyof ItemMemory, 0>) as (keyof ItemMemory)[];
const EVIDENCE_FIELDS = Object.keys({
  weight: 0,
  at: 0,
  visit: 0,
  inVisit: 0,
  visits: 0,
} satisfies Record<keyof Evidence, 0>) as (keyof Evidence)[];
const EVIDENCE_MAPS = ['categories', 'brands', 'colours', 'sizes', 'words'] as const;

type Row = [key: string | number, ...values: number[]];

/** A profile as it is stored. */
export interface ProfileRecord {
  readonly version: number;
  readonly rest: Omit<Profile, 'items' | (typeof EVIDENCE_MAPS)[number]>;
  readonly items: readonly Row[];
  readonly evidence: Readonly<Record<(typeof EVIDENCE_MAPS)[number], readonly Row[]>>;
}

export function packProfile(profile: Profile): ProfileRecord {
  const { items, categories, brands, colours, sizes, words, ...rest } = profile;
  return {
    version: VERSION,
    rest,
    items: toRows(items, MEMORY_FIELDS),
    evidence: {
      categories: toRows(categories, EVIDENCE_FIELDS),
      brands: toRows(brands, EVIDENCE_FIELDS),
      colours: toRows(colours, EVIDENCE_FIELDS),
      sizes: toRows(sizes, EVIDENCE_FIELDS),
      words: toRows(words, EVIDENCE_FIELDS),
    },
  };
}

/** @returns `null` for a record of another release */
export function unpackProfile(record: ProfileRecord): Profile | null {
  if (record.version !== VERSION) return null;
  const profile: Profile = { ...emptyProfile(), ...record.rest };
  fillMap(profile.items as Map<string | number, ItemMemory>, record.items, MEMORY_FIELDS);
  for (const name of EVIDENCE_MAPS)
    fillMap(profile[name] as Map<string | number, Evidence>, record.evidence[name], EVIDENCE_FIELDS);
  return profile;
}

function toRows<Value>(map: ReadonlyMap<string | number, Value>, fields: readonly (keyof Value)[]): Row[] {
  return Array.from(map, ([key, value]) => [key, ...fields.map((field) => value[field] as number)]);
}

function fillMap<Value>(
  map: Map<string | number, Value>,
  rows: readonly Row[],
  fields: readonly (keyof Value)[],
): void {
  for (const [key, ...values] of rows)
    map.set(key, Object.fromEntries(fields.map((field, i) => [field, values[i]])) as Value); // as `toRows` wrote it
}
