import { type Adjustments, FACETS, type Facet } from '../../core/adjustments.ts';
import { ReshelfError } from '../../core/errors.ts';
import { asEpochMs, type EpochMs } from '../../core/ids.ts';
import { KEEPABLE, minimize } from '../../core/minimize.ts';
import { SIGNAL_KINDS, type Signal, type SignalKind } from '../../core/signal.ts';
import { parseWishes, type Wishes } from '../../core/wishes.ts';

/** More than this is no export of ours. */
const MAX_IMPORTED = 4000;

/** A signal as it may leave this shop: hashes salted here mean nothing elsewhere and stay. */
export function toPortable(signal: Signal): Signal | null {
  if (signal.kind === 'search') return null;
  const { titleTokens: _, ...rest } = signal;
  return rest;
}

export interface Imported {
  readonly signals: readonly Signal[];
  readonly wishes: Wishes;
  readonly adjustments: Adjustments;
}

/**
 * Reads an export of another shop, field by field. Product ids and slates are that shop's own and are left out; so is what
 * lies in the future.
 * @throws ReshelfError `desk/bad-import` when it is none, or when the shop it comes from has not agreed
 */
export function parseImport(raw: unknown, now: EpochMs): Imported {
  const file = asRecord(raw);
  if (file.schema !== 'reshelf-data/1') throw badImport('expected an export of Reshelf (reshelf-data/1)');
  if (file.isPortable !== true)
    throw badImport('the shop that wrote this file has not agreed to its use elsewhere');
  if (!Array.isArray(file.signals) || file.signals.length > MAX_IMPORTED)
    throw badImport(`expected at most ${MAX_IMPORTED} signals`);
  return {
    signals: file.signals.flatMap((signal: unknown) => toSignal(asRecord(signal), now) ?? []),
    wishes: parseWishes(file.wishes ?? {}),
    adjustments: toAdjustments(asRecord(file.adjustments)),
  };
}

/** Built anew from the fields that count, through the same allow-list as every signal of this shop. */
function toSignal(raw: Record<string, unknown>, now: EpochMs): Signal | null {
  const kind = SIGNAL_KINDS.find((one) => one === raw.kind);
  const at = raw.at;
  if (kind === undefined || !isImportable(kind) || typeof at !== 'number' || !(at <= now)) return null;
  const seen = {
    kind,
    at: asEpochMs(at),
    itemId: 'elsewhere',
    size: raw.size,
    dwellMs: raw.dwellMs,
    quantity: raw.quantity,
  };
  const { category, brand, colour } = raw;
  const facts = Object.fromEntries(
    Object.entries({ category, brand, colour }).filter(([, value]) => typeof value === 'string'),
  );
  const signal = minimize({ ...seen, facts } as never, new Set(KEEPABLE), [0, 0], 0); // every field is checked there
  if (signal === null || signal.kind === 'search') return null;
  const { itemId: _, ...rest } = signal;
  const level = raw.priceLevel;
  return { ...rest, ...(typeof level === 'number' && Number.isInteger(level) ? { priceLevel: level } : {}) };
}

/** What was only shown elsewhere says nothing here. */
const isImportable = (kind: SignalKind): boolean => kind !== 'impression' && kind !== 'search';

function toAdjustments(raw: Record<string, unknown>): Adjustments {
  const facets = (Object.keys(FACETS) as Facet[]).map((facet) => {
    const factors = Object.entries(asRecord(raw[facet])).filter(
      ([, factor]) => typeof factor === 'number' && factor >= 1 / 8 && factor <= 8,
    );
    return [facet, Object.fromEntries(factors.slice(0, 100))];
  });
  return Object.fromEntries(facets) as Adjustments;
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const badImport = (message: string) => new ReshelfError('desk/bad-import', message);
