import { DAY_MS } from '../core/ids.ts';
import { decay, type ItemMemory } from '../core/profile.ts';
import type { RankCandidate } from './candidate.ts';
import type { ListFacts, Put } from './features.ts';
import type { Prepared } from './prepare.ts';

/** Touched this many steps ago, an item is half as present. */
const RECENCY_STEPS = 3;
const FRESH_RECENCY_STEPS = 8;
/** Half a bought item's urge to be bought again is gone after this time. */
const BOUGHT_HALF_LIFE_MS = 45 * DAY_MS;
/** Passing over a product more often than this says nothing more. */
const MAX_PASSES = 7;

/** What the visitor did with this very product. */
export function putMemory(prepared: Prepared, candidate: RankCandidate, facts: ListFacts, put: Put): void {
  const { profile } = prepared;
  const memory = profile.items.get(candidate.id);
  if (memory === undefined) {
    put('passed.times', Math.log1p(Math.min(profile.passedOver.get(candidate.id) ?? 0, MAX_PASSES)));
    return;
  }
  if (memory.views > 0 || memory.carts > 0) putViewed(prepared, candidate, memory, facts, put);
  if (memory.clicks > 0) {
    put(memory.lastClickVisit === profile.visit ? 'clicked.visit' : 'clicked.before', 1);
    put('clicked.recency', 2 ** (-(profile.steps - memory.lastClickStep) / RECENCY_STEPS));
    put('clicked.count', Math.log1p(memory.clicks));
  }
  if (memory.purchases > 0) putBought(prepared, memory, put);
}

function putViewed(
  { profile, returnRate, stayRate }: Prepared,
  { id }: RankCandidate,
  memory: ItemMemory,
  { isLastHere, shortness }: ListFacts,
  put: Put,
): void {
  const steps = profile.steps - memory.lastStep;
  if (memory.firstVisit < profile.visit) put('viewed.before', 1);
  if (!isLastHere) {
    put('viewed.fresh', 1);
    put('viewed.recency.fresh', 2 ** (-steps / FRESH_RECENCY_STEPS));
  }
  if (id === profile.lastItemId && profile.lastKind === 'view') {
    put('viewed.last.short', shortness);
    put('viewed.keeps.short', stayRate * shortness);
  }
  if (memory.clicks === 0 && memory.purchases === 0) put('viewed.open.short', returnRate * shortness);
  if (memory.carts > 0 && memory.lastPurchaseVisit < memory.lastCartVisit) put('carted', 1);
}

function putBought({ profile, now }: Prepared, memory: ItemMemory, put: Put): void {
  if (memory.lastPurchaseVisit === profile.visit) {
    put('bought.visit', 1);
    return;
  }
  put('bought.before', 1);
  put('bought.count', Math.log(memory.purchaseVisits));
  put('bought.rate', memory.purchaseVisits / (profile.visit + 1));
  put('bought.recency', decay(now - memory.lastPurchaseAt, BOUGHT_HALF_LIFE_MS));
  if (memory.lastPurchaseVisit === profile.visit - 1) put('bought.lastVisit', 1);
}
