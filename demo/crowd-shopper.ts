import { toPriceLevel } from '../src/core/price-level.ts';
import type { Signal } from '../src/core/signal.ts';
import { hashTokens } from '../src/core/tokens.ts';
import type { Arm, DraftLog } from '../src/core/trial.ts';
import { draftTeams } from '../src/rank/team-draft.ts';
import { CATEGORIES, type Catalogue, type Product } from './catalogue.ts';

const DAY_MS = 86_400_000;
const VISITS = 9;
const SHOWN = 12;
const SALT = [3, 5] as const;
/** Chance of a look at the next place, and of a click on what is liked and what is not. */
const GOES_ON = 0.85;
const CLICKS = { liked: 0.5, other: 0.12 } as const;
const BUYS = 0.15;

/** What is on a simulated shopper's device after some days in the shop. */
export interface CrowdShopper {
  readonly journal: Signal[];
  readonly drafts: DraftLog[];
}

/** Somebody who likes one style of one category: looks at lists from above, in the order of the arm, and clicks what is liked. */
export function simulateShopper(
  catalogue: Catalogue,
  arm: Arm,
  random: () => number,
  now: number,
): CrowdShopper {
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(random() * values.length)] as Value; // none is empty
  const category = CATEGORIES[Math.floor(CATEGORIES.length * random() ** 3)] ?? CATEGORIES[0];
  const products = catalogue.inCategory(category.slug);
  const taste = pick(products).style;
  const journal: Signal[] = [];
  const drafts: DraftLog[] = [];
  for (let visit = 0; visit < VISITS; visit++) {
    const at = now - (VISITS - visit) * DAY_MS;
    const slateId = `s${visit}`;
    const base = (product: Product, laterMs: number) =>
      ({
        at: at + laterMs,
        session: visit,
        itemId: product.id,
        category: product.category,
        brand: product.brand.toLowerCase(),
        priceLevel: toPriceLevel(product.priceCents / 100),
        titleTokens: hashTokens(product.title, SALT),
      }) as unknown as Signal; // the demo's own ids and times, in the stored form
    const shop = [...products].sort(() => random() - 0.5).slice(0, SHOWN);
    const personal = [...shop].sort((a, b) => Number(b.style === taste) - Number(a.style === taste));
    const drafted = arm === 'interleaved' ? draftTeams(personal, shop, random) : undefined;
    const shown = drafted?.order ?? (arm === 'personalized' ? personal : shop);
    if (drafted !== undefined) {
      const idsOf = (team: string) =>
        shown.flatMap(({ id }, place) => (drafted.teams[place] === team ? id : []));
      drafts.push({ slateId, at, personal: idsOf('personal'), shop: idsOf('shop') } as unknown as DraftLog); // as above
    }
    shown.forEach((product, position) => {
      journal.push({ ...base(product, position), kind: 'impression', position, slateId } as Signal);
    });
    shown.forEach((product, position) => {
      const chance = GOES_ON ** position * (product.style === taste ? CLICKS.liked : CLICKS.other);
      if (random() >= chance) return;
      const later = 60_000 * (position + 1);
      journal.push({ ...base(product, later), kind: 'click', position, slateId } as Signal);
      journal.push({ ...base(product, later + 1), kind: 'view', dwellMs: 20_000 } as Signal);
      if (random() >= BUYS) return;
      journal.push({ ...base(product, later + 2), kind: 'cart' } as Signal);
      journal.push({ ...base(product, later + 3), kind: 'purchase', quantity: 1 } as Signal);
    });
  }
  return { journal, drafts };
}
