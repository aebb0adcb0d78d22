import { BUDGET, epsilonSpent, PERIOD_MS, rhoOfSlot, SLOT_MS } from '../privacy/budget.ts';
import type { LedgerView } from '../wire/contribute-api.ts';
import type { Ledger } from './ledger.ts';

/** The ledger as the shopper reads it: every contribution with what it cost, and all of the period together. */
export async function viewLedger(ledger: Ledger, now: number): Promise<LedgerView> {
  const rows = await ledger.rows();
  const bornAt = await ledger.bornAt(now);
  const recent = rows.filter(({ at }) => at > now - PERIOD_MS);
  const inSlot = recent.filter(({ at, rho }) => at > now - SLOT_MS && rho > 0);
  const isSlotSpent = inSlot.reduce((sum, { rho }) => sum + rho, 0) > rhoOfSlot() * 0.999;
  const first = Math.min(...inSlot.map(({ at }) => at));
  return {
    lines: rows.map(({ at, kind, words, numbers, bytes, mechanism, noise, rho, pure, to, state }, place) => ({
      at,
      kind,
      words,
      numbers,
      bytes,
      mechanism,
      noise,
      epsilon: epsilonSpent([{ rho, pure }]),
      delta: rho === 0 ? 0 : BUDGET.delta,
      total: epsilonSpent(rows.slice(0, place + 1).filter((row) => row.at > at - PERIOD_MS)), // several may share an instant
      to,
      state,
    })),
    epsilon: epsilonSpent(recent),
    delta: BUDGET.delta,
    limit: BUDGET.epsilon,
    periodDays: BUDGET.periodDays,
    notBefore: Math.max(bornAt + SLOT_MS > now ? bornAt + SLOT_MS : 0, isSlotSpent ? first + SLOT_MS : 0),
  };
}
