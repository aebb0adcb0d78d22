import type { Page } from 'playwright';
import type { Tell } from './finding.ts';
import { findSort, type Place, readHandles, readList, type ShopList } from './read-lists.ts';
import type { Shopper } from './shopper.ts';
import { watchedOn, watchSlots } from './watch-slots.ts';

interface ListParts {
  readonly shop: Shopper;
  readonly shopper: Shopper;
  readonly address: string;
  readonly pins: string;
  readonly tell: Tell;
}

/** Gives a shopper a history that makes the list move: the products that stand last were looked at most. */
async function browse({ page }: Shopper, places: readonly Place[]): Promise<void> {
  const last = places.filter(({ path, held }) => path !== '' && held === '').slice(-4);
  await page.evaluate(
    async (paths) => {
      interface Item {
        readonly id: string | null;
        readonly handle: string | null;
        readonly title: string | null;
        readonly category: string | null;
      }
      const { reshelf } = window as unknown as {
        reshelf: {
          lists(): readonly { items: readonly Item[] }[];
          signal(input: object): Promise<boolean>;
        };
      };
      const items = reshelf.lists().flatMap((list) => list.items);
      for (const path of paths) {
        const item = items.find(({ handle }) => handle !== null && path.endsWith(`/${handle}`));
        if (item?.id == null) continue;
        const facts = { id: item.id, title: item.title ?? '', category: item.category ?? '' };
        for (let i = 0; i < 3; i++) await reshelf.signal({ kind: 'view', item: facts, dwellMs: 20_000 });
      }
    },
    last.map(({ path }) => path),
  );
}

/** The worker answers in turn: a question asked now is answered after the one that the page asked for its list. */
const untilRanked = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { reshelf } = window as unknown as { reshelf: { rank(candidates: object[]): Promise<unknown> } };
    await reshelf.rank([{ id: 'a' }, { id: 'b' }]);
  });

/**
 * What must not move, with a shopper who has a history: places that are paid for, pinned or sold out, an order that the shopper
 * chose, and whatever is in view. The shop without Reshelf is the measure.
 */
export async function checkLists({ shop, shopper, address, pins, tell }: ListParts): Promise<void> {
  const as = shopper.name;
  const handles = await readHandles(shopper.page);
  await shop.visit(address);
  const before = handles.length === 0 ? null : await readList(shop.page, handles, pins);
  if (before === null) {
    tell('warning', 'pins', as, 'no product list was found on this page: nothing of it could be checked');
    return;
  }
  await browse(shopper, before.places);
  await shopper.visit(address);
  await untilRanked(shopper.page); // from here on lists are in order before they are painted
  await watchSlots(shopper.page, before.cards);
  await shopper.visit(address);
  await checkStability(shopper, tell);
  const after = await readList(shopper.page, handles, pins);
  checkPins(before, after, as, tell);

  const sorted = await findSort(shop.page);
  if (sorted === undefined) {
    tell('note', 'sort', as, 'no way to choose an order was found on this page');
    return;
  }
  await shop.visit(sorted);
  await shopper.visit(sorted);
  const chosen = pathsOf(await readList(shop.page, handles, pins));
  const shown = pathsOf(await readList(shopper.page, handles, pins));
  const at = chosen.findIndex((path, place) => path !== shown[place]);
  if (at >= 0)
    tell('fault', 'sort', as, `${sorted}: place ${at + 1} shows ${shown[at]}, and not ${chosen[at]}`);
}

const pathsOf = (list: ShopList | null): string[] => (list?.places ?? []).map(({ path }) => path);

function checkPins(before: ShopList, after: ShopList | null, as: string, tell: Tell): void {
  const now = pathsOf(after);
  if (before.places.every(({ path }, place) => path === now[place]))
    tell(
      'warning',
      'pins',
      as,
      'nothing moved for a shopper with a history: that pins hold could not be shown',
    );
  for (const [place, { path, held }] of before.places.entries())
    if (held !== '' && now[place] !== path)
      tell(
        'fault',
        'pins',
        as,
        `place ${place + 1} (${held}${path === '' ? '' : `, ${path}`}) now shows ${now[place]}`,
      );
  const missing = pathsOf(before).filter((path) => path !== '' && !now.includes(path));
  for (const path of missing) tell('fault', 'pins', as, `${path} is not shown any more`);
}

const MAX_SHIFT = 0.01;

async function checkStability({ page, name }: Shopper, tell: Tell): Promise<void> {
  const { swaps, shift } = await watchedOn(page);
  if (swaps > 0) tell('fault', 'stability', name, `${swaps} products in view gave their place to others`);
  if (shift > MAX_SHIFT)
    tell('fault', 'stability', name, `layout shift ${shift.toFixed(3)}, above ${MAX_SHIFT}`);
}
