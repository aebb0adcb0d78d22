/** Names that shop systems give to the order of a list: Shopify, WooCommerce, Magento, PrestaShop, and the plain ones. */
const SORT_NAMES = /^(sort|sort_by|sortby|orderby|order|product_list_order|sort-by|sortierung|tri)$/i;
/** Values that mean "as the shop has it". */
const SHOPS_OWN =
  /^(|manual|featured|default|relevance|relevancy|position|menu_order|recommended|collection-default)$/i;

/**
 * Whether the shopper chose an order for this page. Then it is theirs, and no list is touched.
 * Looked for in the address and in the page's own sort control.
 */
export function hasExplicitSort(): boolean {
  for (const [name, value] of new URLSearchParams(location.search))
    if (SORT_NAMES.test(name) && !SHOPS_OWN.test(value)) return true;
  return [...document.querySelectorAll('select')].some(
    (select) => isSortControl(select) && select.selectedIndex > 0 && !SHOPS_OWN.test(select.value),
  );
}

/** Whether this is the control that orders a list. */
export function isSortControl(target: EventTarget | null): target is HTMLSelectElement {
  return target instanceof HTMLSelectElement && (SORT_NAMES.test(target.name) || SORT_NAMES.test(target.id));
}
