import { defined } from '../core/defined.ts';
import type { EarlyRecipe } from '../core/order-snapshot.ts';
import { marksOf } from './marks-of.ts';
import type { ProductList } from './product-list.ts';
import { takeApart } from './read-rule.ts';
import { SPONSORED_LABEL, SPONSORED_MARK } from './slot-kind.ts';
import { notOwn } from './way.ts';

/** How shops mark a whole card as sold out, where no theme's rule tells it; a size inside it that is sold out holds nothing. */
const SOLD_OUT =
  '[class*="sold-out" i],[class*="soldout" i],[class*="out-of-stock" i],[class*="outofstock" i],[data-reshelf-in-stock="false"]';

/** What the head snippet must know of a list like this one. */
export function earlyRecipe(
  { recipe, cards }: ProductList,
  way: EarlyRecipe['way'],
  pins: string,
): EarlyRecipe {
  const { list, item, id, title, brand, category, soldOut } = recipe;
  const apart = (rule: string | undefined) => (rule === undefined ? undefined : takeApart(rule));
  return {
    list: notOwn(list),
    item,
    id: takeApart(id),
    ...defined({ title: apart(title), brand: apart(brand), category: apart(category) }),
    way,
    fixed: [SPONSORED_MARK, pins, soldOut ?? `:is(${item}):is(${SOLD_OUT})`].filter(Boolean).join(','),
    label: SPONSORED_LABEL,
    marks: way === 'move' ? marksOf(cards.map(({ element }) => element)) : [],
  };
}
