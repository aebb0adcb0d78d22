import type { Recipe } from '../core/recipe.ts';

/** The last part of a product's address, without an ending like ".html". */
const LAST_PART = '^(?:[^?#]*/)?(?!index\\.php)([^/?#]+?)(?:\\.html?)?/?(?:[?#]|$)';

/** Pictures that load late stand in `data-src`, with a blank one in `src`. */
export const IMAGE_RULE =
  'img @data-src || img @src || img @srcset => ^\\s*(\\S+) || img @data-srcset => ^\\s*(\\S+)';

/**
 * The shop systems whose lists are known by their markup, derived from the listing templates of their default themes:
 * Shopify Dawn (`main-collection-product-grid`, `card-product`), WooCommerce (`content-product`, product blocks),
 * Magento Luma (`product/list`) and Hyvä (`product/list/item`), PrestaShop classic and hummingbird
 * (`miniatures/product`), BigCommerce Cornerstone (`products/grid`, `card`), OpenCart 3 and 4 (`product/thumb`),
 * Next.js Commerce, Medusa and Saleor storefronts.
 */
export const THEMES: readonly Recipe[] = [
  {
    name: 'shopify',
    list: '#product-grid, ul.product-grid, .product-grid, .collection ul.grid, .grid--view-items, .collection-grid, .product-list, #main-collection-product-grid, .ProductList, .grid--uniform',
    item: '.grid__item, .product-grid__item, .product-item, .product-card, .Grid__Cell, li',
    id: ' @data-product-id || input[name="product-id"] @value || product-card @data-product-id || [id*="CardLink-"], [id*="MediaLink-"] @id => (\\d{6,})$ || [id^="title-"] @id => (\\d{6,})$ || [id^="QuickAdd-"] @id => (\\d{6,})$ || [id*="quick-add-"] @id => (\\d{6,})(?:-submit)?$ || [data-product-id] @data-product-id || a[href*="/products/"] @href => /products/([^/?#]+)',
    handle: 'a[href*="/products/"] @href => /products/([^/?#]+)',
    title:
      '.card__heading || .product-card__title || .card-title || .product-item__title || .full-unstyled-link',
    price:
      '.price--on-sale .price__sale .price-item--sale || .price__regular .price-item || .price-item--sale || .price-item || sale-price || .price .money || .price',
    brand:
      '.caption-with-letter-spacing || .product-card__vendor || .card__vendor || .price__vendor dd || [class*="vendor" i]',
    image: IMAGE_RULE,
    soldOut: '.price--sold-out, .badge--sold-out, .product-card--sold-out, .sold-out',
  },
  {
    name: 'woocommerce',
    list: 'ul.products, .products:has(> .type-product), .products.columns-2, .products.columns-3, .products.columns-4, .wc-block-grid__products, .wc-block-product-template, .wp-block-woocommerce-product-template, .wp-block-post-template.products-block-post-template',
    item: '.product, .wc-block-grid__product, .wc-block-product, li.wp-block-post',
    id: '[data-product_id] @data-product_id || [data-product-id] @data-product-id ||  @class => (?:^|\\s)post-(\\d+)(?:\\s|$) || [data-block-name="woocommerce/product-button"] @data-product_id || a[href*="add-to-cart="] @href => add-to-cart=(\\d+)',
    handle: `a.woocommerce-LoopProduct-link, a.woocommerce-loop-product__link, h2 a, h3 a, a[href*="/product/"] @href => ${LAST_PART}`,
    title:
      '.woocommerce-loop-product__title || .wc-block-grid__product-title || .wp-block-post-title || h2 || h3',
    price:
      '.price ins .amount || .price .amount || .wc-block-grid__product-price ins || .wc-block-grid__product-price || .wc-block-components-product-price ins || .wc-block-components-product-price || .price',
    brand:
      '[class*="product-brand"] a ||  @class => (?:^|\\s)(?:product_brand|pa_brand|pwb-brand|yith_product_brand)-([\\w-]+)',
    category: ' @class => (?:^|\\s)product_cat-([\\w-]+) || [class*="product-cat"]',
    image: IMAGE_RULE,
    soldOut: '.outofstock, .out-of-stock, .soldout',
  },
  {
    name: 'magento',
    list: '.product-items, .products-grid > ul, .products-grid > ol, .products-list > ol, .products-grid > .grid, .products.wrapper > .grid, .products.wrapper > ul, .products-list > div',
    item: '.product-item, :has(> .product-item), li',
    id: '[data-role="priceBox"][data-product-id] @data-product-id || .price-box[data-product-id] @data-product-id || [data-product-id] @data-product-id || input[name="product"] @value || [id^="product-item-info_"] @id => (\\d+) || [id^="product-price-"] @id => (\\d+)',
    handle: `a.product-item-link, a.product-item-photo @href => ${LAST_PART}`,
    title: '.product-item-link || .product-item-name || .product.name',
    price:
      '.special-price [data-price-amount] @data-price-amount || [data-price-type="finalPrice"] @data-price-amount || [data-price-amount] @data-price-amount || .special-price .price || .price',
    brand: '.product-item-brand || .product-brand || [class*="manufacturer"]',
    image: IMAGE_RULE,
    soldOut: '.stock.unavailable, .unavailable, .out-of-stock',
  },
  {
    name: 'prestashop',
    list: '#js-product-list .products, #products .products, .featured-products .products, .products.row, section .products',
    item: '.js-product, .product, .product-miniature',
    id: ' @data-id-product || [data-id-product] @data-id-product || input[name="id_product"] @value',
    handle: `.product-title a, .product-miniature__link, a.product-thumbnail, .product-miniature__title a @href => ${LAST_PART}`,
    title: '.product-title || .product-miniature__title || h2 || h3',
    price:
      '[itemprop="price"] @content || .product-miniature__price || .price.current-price || .price || .product-price',
    brand: '.product-brand || .product-manufacturer || .product-miniature__brand',
    category: '.product-category-name || .product-miniature__category',
    image: IMAGE_RULE,
    soldOut: '.product-flag.out_of_stock, .product-flags .out_of_stock, .badge.out_of_stock, .out_of_stock',
  },
  {
    name: 'prestashop-1.6',
    list: 'ul.product_list',
    item: 'li',
    id: '[data-id-product] @data-id-product || a[href*="id_product="] @href => id_product=(\\d+)',
    handle: `a.product-name, a.product_img_link @href => ${LAST_PART}`,
    title: 'a.product-name || h5',
    price: '.right-block .price:not(.old-price) || .price:not(.old-price)',
    image: IMAGE_RULE,
    soldOut: '.out-of-stock',
  },
  {
    name: 'bigcommerce',
    list: 'ul.productGrid, ul.productList, .productCarousel, ul.productMasonry',
    item: '.product, .productCarousel-slide, li',
    id: '[data-entity-id] @data-entity-id || [data-product-id] @data-product-id || [data-test^="card-"] @data-test => (\\d+)',
    handle: `.card-title a, a.card-figure__link, .listItem-title a @href => ${LAST_PART}`,
    title: '[data-name] @data-name || .card-title || .listItem-title',
    price:
      '[data-product-price] @data-product-price => (\\d[\\d.,]*) || [data-product-price-with-tax] || [data-product-price-without-tax] || .price--withTax .price || .price--withoutTax .price || .price',
    brand:
      '[data-product-brand] @data-product-brand || [data-test-info-type="brandName"] || .card-text--brand || .listItem-brand',
    category: '[data-product-category] @data-product-category => ^\\s*([^,]*[^,\\s])',
    image: IMAGE_RULE,
    soldOut: '[class*="sold-out"], [class*="soldout"]',
  },
  {
    name: 'opencart',
    list: '#product-list, .row:has(> * > .product-thumb), .row:has(> .product-layout), .row:has(> * > form > .product-thumb)',
    item: '.col, .product-layout, [class*="col-"], :has(.product-thumb)',
    id: 'input[name="product_id"] @value || [onclick*="cart.add"], [onclick*="wishlist.add"], [onclick*="compare.add"] @onclick => add\\(\'(\\d+)\' || a[href*="product_id="] @href => product_id=(\\d+) || [data-product-id] @data-product-id',
    handle: `h4 a, .image a @href => ${LAST_PART}`,
    title: '.description h4 || .caption h4 || .content h4 || h4',
    price: '.price-new || .price',
    brand: '.manufacturer || .brand',
    image: IMAGE_RULE,
    soldOut: '.out-of-stock, .outofstock',
  },
  {
    name: 'hydrogen',
    list: '.products-grid:has(> a), .recommended-products-grid',
    item: 'a',
    id: ' @href => /products/([^/?#]+)',
    handle: ' @href => /products/([^/?#]+)',
    title: 'h4 || h3',
    price: 'small',
    image: IMAGE_RULE,
  },
  {
    name: 'saleor',
    list: '[data-testid="ProductList"]',
    item: 'li, article, [data-testid="ProductElement"]',
    id: 'a[href*="/products/"] @href => /products/([^/?#]+)',
    handle: 'a[href*="/products/"] @href => /products/([^/?#]+)',
    title: 'h3 || h2',
    price: '[data-testid="ProductElement_PriceRange"] || [data-testid*="rice"]',
    category: '[data-testid="ProductElement_Category"] || h3 + p',
    image: IMAGE_RULE,
  },
  {
    name: 'medusa',
    list: '[data-testid="products-list"], ul:has(> li [data-testid="product-wrapper"])',
    item: 'li',
    id: 'a[href*="/products/"] @href => /products/([^/?#]+)',
    handle: 'a[href*="/products/"] @href => /products/([^/?#]+)',
    title: '[data-testid="product-title"]',
    price: '[data-testid="price"] || [data-testid="product-price"]',
    image: IMAGE_RULE,
  },
  {
    name: 'next-commerce',
    list: 'ul.grid:has(> li a[href*="/product/"]), ul.grid:has(> li a[href*="/products/"]), div.grid:has(> div > a[href*="/product/"])',
    item: 'li, div, article',
    id: ' @data-product-id || [data-product-id] @data-product-id || a[href*="/product/"], a[href*="/products/"] @href => /products?/([^/?#]+)',
    handle: 'a[href*="/product/"], a[href*="/products/"] @href => /products?/([^/?#]+)',
    title: 'h3 || h2 || img @alt',
    price: 'h3 + p || [class*="price"] || p => ([^\\d]{0,4}\\d[\\d.,]*)',
    image: IMAGE_RULE,
  },
];
