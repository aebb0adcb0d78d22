/** Which of two orders a place of a drafted list came from. */
export type Team = 'personal' | 'shop';

/** One list out of two orders of the same things, with the team of each place. */
export interface Drafted<Thing> {
  readonly order: readonly Thing[];
  /** Shape of the order. */
  readonly teams: readonly Team[];
}

/**
 * Team-draft interleaving (Radlinski, Kurup, Joachims, CIKM 2008): in every round a coin says which order picks first,
 * and each picks the best that is left of its own. Both have the same chance at every place, so that whose things are
 * chosen more often is the better order. Nothing comes earlier than it stands in the order in which it stands first: a rule that both
 * orders keep, such as that nothing out of stock rises, the draft keeps, too.
 * @param random uniform in [0, 1)
 * @throws RangeError when the orders do not hold the same things
 */
export function draftTeams<Thing>(
  personal: readonly Thing[],
  shop: readonly Thing[],
  random: () => number,
): Drafted<Thing> {
  const left = new Set(shop);
  const isSame = new Set(personal).size === left.size && personal.every((one) => left.has(one));
  if (!isSame || left.size !== shop.length || personal.length !== shop.length)
    throw new RangeError('expected two orders of the same things, each once');
  const at: Record<Team, number> = { personal: 0, shop: 0 };
  const orders: Readonly<Record<Team, readonly Thing[]>> = { personal, shop };
  const order: Thing[] = [];
  const teams: Team[] = [];
  function pick(team: Team): void {
    for (; at[team] < orders[team].length; at[team]++) {
      const thing = orders[team][at[team]] as Thing; // below the length
      if (!left.delete(thing)) continue;
      order.push(thing);
      teams.push(team);
      return;
    }
  }
  while (left.size > 0) {
    const isPersonalFirst = random() < 0.5;
    pick(isPersonalFirst ? 'personal' : 'shop');
    pick(isPersonalFirst ? 'shop' : 'personal');
  }
  return { order, teams };
}
