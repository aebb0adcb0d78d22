/** The Shopify page cut so that its list arrives in six pieces. */
export function inPieces(html: string): string[] {
  const at = html.indexOf('<ul id="product-grid"');
  const cards = html
    .slice(at)
    .split('<li class="grid__item')
    .map((text, i) => (i === 0 ? text : `<li class="grid__item${text}`));
  const size = Math.ceil(cards.length / 5);
  const pieces = Array.from({ length: 5 }, (_, i) => cards.slice(i * size, (i + 1) * size).join(''));
  return [html.slice(0, at), ...pieces].filter((piece) => piece !== '');
}
