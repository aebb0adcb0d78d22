import { raw } from 'hono/html';
import type { CartLine } from './cart.ts';
import { categoryOf, type Product, sizesInStock } from './catalogue.ts';
import type { Html, View } from './layout.ts';

/** A data block for search engines and other machines. `<` is escaped, so no text can end the block early. */
export function jsonLd(data: object): Html {
  const text = JSON.stringify({ '@context': 'https://schema.org', ...data }).replaceAll('<', '\\u003c');
  return raw(`<script type="application/ld+json">${text}</script>`);
}

/** "Dresses > Slip dress": the department and the cut, as feeds for search engines write it. */
export function categoryPath({ category, style }: Product): string {
  const cut = style.replaceAll('-', ' ');
  return `${categoryOf(category)?.name ?? category} > ${cut.charAt(0).toUpperCase()}${cut.slice(1)}`;
}

export function productData(view: View, product: Product): object {
  const url = `${view.origin}/p/${product.handle}`;
  const sizes = sizesInStock(product);
  return {
    '@type': 'Product',
    '@id': url,
    url,
    productID: product.id,
    sku: product.id,
    name: product.title,
    description: product.description,
    brand: { '@type': 'Brand', name: product.brand },
    category: categoryPath(product),
    color: product.colour,
    pattern: product.pattern,
    material: product.material,
    ...(sizes.length > 0 && { size: sizes }),
    image: `${view.origin}/pictures/${product.id}.svg`,
    aggregateRating: {
      '@type': 'AggregateRating',
      ratingValue: product.rating,
      reviewCount: product.ratings,
    },
    offers: {
      '@type': 'Offer',
      url,
      price: (product.priceCents / 100).toFixed(2),
      priceCurrency: product.currency,
      availability: `https://schema.org/${sizes.length > 0 ? 'InStock' : 'OutOfStock'}`,
    },
  };
}

/** @param anchor the id of the list's element on this page */
export function itemListData(view: View, anchor: string, name: string, products: readonly Product[]): object {
  return {
    '@type': 'ItemList',
    '@id': `${view.origin}${view.path}#${anchor}`,
    name,
    numberOfItems: products.length,
    itemListElement: products.map((product, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      item: productData(view, product),
    })),
  };
}

export function orderData(view: View, orderNumber: string, lines: readonly CartLine[]): object {
  return {
    '@type': 'Order',
    '@id': `${view.origin}/order/${orderNumber}`,
    orderNumber,
    orderStatus: 'https://schema.org/OrderProcessing',
    merchant: { '@type': 'Organization', name: 'Teasel' },
    orderedItem: lines.map(({ product, size, quantity }) => ({
      '@type': 'OrderItem',
      orderQuantity: quantity,
      orderedItem: { ...productData(view, product), size },
    })),
  };
}
