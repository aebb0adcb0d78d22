/** Names that shop systems give to the order of a list: Shopify, WooCommerce, Magento, PrestaShop, and the plain ones. */
const SORT_NAMES =
  /^(sort|sort_by|sortby|orderby|order|product_list_order|sort-by|input-sort|sorter|sortierung|tri)$/i;
/** Values that mean "as the shop has it". */
const SHOPS_OWN =
  /^(|manual|featured|default|relevance|relevancy|position|menu_order|recommended|collection-default|best-match|asc|desc|p\.sort_order|product\.position\.\w+)$/i;

/** Whether the address names an order. */
function hasSortInAddress(): boolean {
  for (const [name, value] of new URLSearchParams(location.search))
    if (SORT_NAMES.test(name) && !SHOPS_OWN.test(value)) return true;
  return false;
}

/**
 * Whether the shopper chose an order for this page. Then it is theirs, and no list is touched.
 * Looked for in the address and in the page's own sort control.
 */
export function hasExplicitSort(): boolean {
  return (
    hasSortInAddress() ||
    [...document.querySelectorAll('select')].some(
      (select) => isSortControl(select) && select.selectedIndex > 0 && !SHOPS_OWN.test(sortValue(select)),
    )
  );
}

/** Shops whose options are addresses (OpenCart) name the order in there. */
function sortValue(select: HTMLSelectElement): string {
  const { value } = select;
  if (!/[?&]/.test(value)) return value;
  return new URL(value, document.baseURI).searchParams.get('sort') ?? '';
}

/** Whether this is the control that orders a list. */
export function isSortControl(target: EventTarget | null): target is HTMLSelectElement {
  return target instanceof HTMLSelectElement && (SORT_NAMES.test(target.name) || SORT_NAMES.test(target.id));
}
