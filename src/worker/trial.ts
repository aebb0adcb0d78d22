import type { RandomBits } from '../core/ambient.ts';
import { withShopsOrder } from '../core/boot-weights.ts';
import type { EpochMs, ItemId } from '../core/ids.ts';
import type { Slate } from '../core/item.ts';
import type { DrawnArm } from '../core/trial.ts';
import { draftTeams } from '../rank/team-draft.ts';
import type { Connection } from '../store/connection.ts';
import { readGranted, writeGranted } from '../store/granted.ts';

/** Of longer lists only some products rise, which no draft survives. */
const MAX_DRAFTED = 200;

/**
 * The answer as the shopper's arm has it, while lifts are measured. A holdout shopper's list was ranked as any other, and
 * stands in the shop's order; of an interleaved one, what has not been seen is drafted from both orders, and the draft is
 * kept so that clicks can be credited to the order that they speak for.
 */
export async function inArm(
  connection: Connection,
  slate: Slate,
  unseen: readonly ItemId[],
  random: RandomBits,
  now: EpochMs,
): Promise<Slate> {
  const arm = await armOf(connection);
  if (arm === 'personalized') return slate;
  const shops = [...slate.order].sort((a, b) => a.position - b.position);
  if (arm === 'holdout') return { ...slate, order: shops };
  const may = new Set(unseen);
  const isDrafted = may.size > 1 && may.size <= MAX_DRAFTED;
  if (!isDrafted) return { ...slate, order: shops, drafted: 0 };
  const word = new Uint32Array(1);
  const { order, teams } = draftTeams(
    slate.order.filter(({ id }) => may.has(id)),
    shops.filter(({ id }) => may.has(id)),
    () => {
      random(word as Uint32Array<ArrayBuffer>);
      return (word[0] ?? 0) / 2 ** 32;
    },
  );
  const idsOf = (team: string): ItemId[] => order.flatMap(({ id }, at) => (teams[at] === team ? id : []));
  const log = { slateId: slate.slateId, at: now, personal: idsOf('personal'), shop: idsOf('shop') };
  await connection.use((db) =>
    writeGranted(db, async (tx) => {
      await tx.objectStore('trial').put(log, slate.slateId);
    }),
  );
  let next = 0;
  return {
    ...slate,
    order: shops.map((one) => (may.has(one.id) ? (order[next++] ?? one) : one)),
    drafted: order.length,
  };
}

/**
 * Weights for the head snippet as the arm has them: without the personal order they are the same but for the weight of
 * the shop's own order, which outweighs all others, so that as much is done for as little to move.
 */
export async function weightsInArm(
  connection: Connection,
  weights: string | undefined,
): Promise<string | undefined> {
  if (weights === undefined || (await armOf(connection)) === 'personalized') return weights;
  return withShopsOrder(weights);
}

/** Whoever has drawn none has the personal order. */
async function armOf(connection: Connection): Promise<DrawnArm['arm']> {
  const drawn = await connection.use(
    (db) => readGranted(db, (tx) => tx.objectStore('trial').get('arm') as Promise<DrawnArm | undefined>), // nothing else is under this name
  );
  return drawn?.arm ?? 'personalized';
}
