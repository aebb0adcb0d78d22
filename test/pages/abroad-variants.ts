import { comma, escaped, type Good, picture, shortId } from './goods.ts';
import { GRID, type Variant, variant } from './variant.ts';

/** Listing pages of shops abroad, with what else stands on such pages: carts, what was viewed, pictured categories. */

const isReduced = (index: number) => index % 5 === 3;
const first = (goods: readonly Good[], card: (good: Good) => string) => goods.slice(0, 4).map(card).join('');

/** Themes of the Prestige kind: blocks that name nothing but their links; French, in francs, minified. */
const francs = variant({
  name: 'shopify in francs',
  path: '/fr/collections/maison',
  list: '.ProductList',
  style: `.ProductList${GRID}`,
  label: '<span class="ProductItem__Label Heading">Sponsorisé</span>',
  card: (good, index, label) =>
    `<div class="Grid__Cell 1/2--phone 1/4--desk"><div class="ProductItem"><div class="ProductItem__Wrapper"><a href="/fr/collections/maison/products/${good.handle}" class="ProductItem__ImageWrapper">${picture(good, 'class="ProductItem__Image"')}</a><div class="ProductItem__LabelList">${label}${good.isSoldOut ? '<span class="ProductItem__Label ProductItem__Label--soldOut">Épuisé</span>' : ''}</div><div class="ProductItem__Info"><p class="ProductItem__Vendor Heading">${escaped(good.brand)}</p><h2 class="ProductItem__Title Heading"><a href="/fr/collections/maison/products/${good.handle}">${escaped(good.title)}</a></h2><div class="ProductItem__PriceList Heading">${isReduced(index) ? `<span class="ProductItem__Price Price Price--highlight">CHF ${good.price.toFixed(2)}</span> <span class="ProductItem__Price Price Price--compareAt">CHF ${(good.price + 1200).toFixed(2)}</span>` : `<span class="ProductItem__Price Price">CHF ${good.price.toFixed(2)}</span>`}</div></div></div></div></div>`,
  promo: () =>
    '<div class="Grid__Cell"><div class="PromoBlock"><a href="/fr/pages/atelier"><h2>L’atelier</h2></a></div></div>',
  expected: ({ handle, title, price, brand }) => ({
    id: handle,
    handle,
    title,
    price,
    brand,
    category: null,
  }),
  body: (cards) =>
    `<body><main><div class="CollectionMain"><div class="ProductListWrapper"><div class="ProductList ProductList--grid Grid">${cards}</div></div></div></main></body>`,
});

/** Themes of the Impulse kind: the price is bare text between the old one and what is saved; what was viewed stands below. */
const savings = variant({
  name: 'shopify savings',
  path: '/collections/savings',
  list: '#CollectionSection > .grid',
  style: `.grid--uniform${GRID}`,
  label: '<div class="grid-product__tag grid-product__tag--custom">Sponsored</div>',
  card: (good, index, label) =>
    `<div class="grid__item grid-product small--one-half" data-product-handle="${good.handle}" data-product-id="${good.id}"><div class="grid-product__content">${label}${good.isSoldOut ? '<div class="grid-product__tag grid-product__tag--sold-out">Sold Out</div>' : ''}<a href="/collections/savings/products/${good.handle}" class="grid-product__link"><div class="grid-product__image-mask">${picture(good, 'class="grid-product__image"')}</div><div class="grid-product__meta"><div class="grid-product__title">${escaped(good.title)}</div><div class="grid-product__vendor">${escaped(good.brand)}</div><div class="grid-product__price">${isReduced(index) ? `<span class="visually-hidden">Regular price</span><span class="grid-product__price--original">$${(good.price + 25).toFixed(2)}</span><span class="visually-hidden">Sale price</span>` : 'From '}$${good.price.toFixed(2)}${isReduced(index) ? '<span class="grid-product__price--savings">Save $25</span>' : ''}</div></div></a></div></div>`,
  promo: () =>
    '<div class="grid__item promo-tile"><a href="/collections/lamps" class="promo-tile__link"><div>Lamps, now 15% off</div></a></div>',
  expected: ({ id, handle, title, price, brand }) => ({ id, handle, title, price, brand, category: null }),
  body: (cards, goods) =>
    `<body><main><div id="CollectionSection"><div class="grid grid--uniform">${cards}</div></div><div id="RecentlyViewed" class="grid grid--uniform">${first(goods, (good) => `<div class="grid__item grid-product" data-product-id="${good.id}"><a href="/products/${good.handle}">${picture(good)}<div class="grid-product__title">${escaped(good.title)}</div><div class="grid-product__price">$${good.price.toFixed(2)}</div></a></div>`)}</div></main></body>`,
});

/** Debut: names and prices as a description list whose terms are read aloud only; a row of collections with prices above. */
const described = variant({
  name: 'shopify described',
  path: '/collections/described',
  list: 'ul.grid--view-items',
  style: `.grid--view-items${GRID}.price__sale,.price__badge{display:none}.price--on-sale .price__sale{display:block}.price--on-sale .price__regular{display:none}`,
  label: '<span class="product-label">Ad</span>',
  card: (good, index, label) =>
    `<li class="grid__item grid__item--collection-template"><div class="grid-view-item product-card"><a class="grid-view-item__link full-width-link" href="/collections/described/products/${good.handle}"><span class="visually-hidden">${escaped(good.title)}</span></a>${picture(good, 'class="grid-view-item__image"')}<div class="h4 grid-view-item__title product-card__title" aria-hidden="true">${escaped(good.title)}</div><dl class="price price--listing${good.isSoldOut ? ' price--sold-out' : ''}${isReduced(index) ? ' price--on-sale' : ''}"><div class="price__vendor price__vendor--listing"><dt><span class="visually-hidden">Vendor</span></dt><dd>${escaped(good.brand)}</dd></div><div class="price__regular"><dt><span class="visually-hidden">Regular price</span></dt><dd><span class="price-item price-item--regular">£${good.price.toFixed(2)}</span></dd></div><div class="price__sale"><dt><span class="visually-hidden">Sale price</span></dt><dd><span class="price-item price-item--sale">£${good.price.toFixed(2)}</span></dd><dt><span class="visually-hidden">Regular price</span></dt><dd><s class="price-item price-item--regular">£${(good.price + 5).toFixed(2)}</s></dd></div><div class="price__badges"><span class="price__badge price__badge--sale"><span>Sale</span></span><span class="price__badge price__badge--sold-out"><span>Sold out</span></span></div></dl>${label}</div></li>`,
  promo: () =>
    '<li class="grid__item"><div class="promo-card"><a href="/pages/gifts">Gifts from £10</a></div></li>',
  expected: ({ handle, title, price, brand }) => ({
    id: handle,
    handle,
    title,
    price,
    brand,
    category: null,
  }),
  body: (cards, goods) =>
    `<body><main><section class="collections"><div class="collections__row">${['tables', 'seating', 'lighting'].map((name) => `<div class="card"><a href="/collections/${name}"><h3>${name}</h3></a><span>from £19.00</span></div>`).join('')}</div></section><div id="Collection"><ul class="grid grid--uniform grid--view-items">${cards}</ul></div></main><div class="drawer"><table class="cart-items"><tbody>${first(goods, (good) => `<tr class="cart-item"><td><a href="/products/${good.handle}">${picture(good)}</a></td><td><a href="/products/${good.handle}">${escaped(good.title)}</a> £${good.price.toFixed(2)}</td></tr>`)}</tbody></table></div></body>`,
});

/** Luma's list view in German, with the small cart above and what was viewed beside it, in the classes of the list. */
const listMode = variant({
  name: 'magento list view',
  path: '/wohnen.html',
  list: '.products-list > ol',
  style: '.product-item{display:block}',
  label: '<span class="note">Gesponsert</span>',
  card: (good, index, label) =>
    `<li class="item product product-item"><div class="product-item-info" id="product-item-info_${shortId(good)}" data-container="product-list"><a href="/${good.handle}.html" class="product photo product-item-photo" tabindex="-1">${picture(good, 'class="product-image-photo"')}</a><div class="product details product-item-details"><strong class="product name product-item-name"><a class="product-item-link" href="/${good.handle}.html"> ${escaped(good.title)} </a></strong>${label}<div class="price-box price-final_price" data-role="priceBox" data-product-id="${shortId(good)}">${isReduced(index) ? `<span class="old-price"><span class="price-label">Regulärer Preis</span><span data-price-amount="${good.price + 9}" data-price-type="oldPrice" class="price-wrapper"><span class="price">${comma(good.price + 9)}</span></span></span>` : ''}<span class="${isReduced(index) ? 'special-price' : 'normal-price'}"><span data-price-amount="${good.price}" data-price-type="finalPrice" class="price-wrapper"><span class="price">${comma(good.price)}</span></span></span></div><div class="product-item-inner"><div class="actions-primary">${good.isSoldOut ? '<div class="stock unavailable"><span>Nicht auf Lager</span></div>' : '<button type="submit" class="action tocart primary"><span>In den Warenkorb</span></button>'}</div><div class="product description">Ab 50,00&nbsp;€ versandkostenfrei. <a href="/${good.handle}.html" class="action more">Mehr</a></div></div></div></div></li>`,
  promo: () =>
    '<li class="item product product-item"><a href="/aktion.html"><strong>Herbstaktion: bis zu 20 %</strong></a></li>',
  expected: (good) => ({
    id: shortId(good),
    handle: good.handle,
    title: good.title,
    price: good.price,
    brand: null,
    category: null,
  }),
  body: (cards, goods) => {
    const small = (good: Good) =>
      `<li class="item product product-item"><div class="product-item-info"><a href="/${good.handle}.html" class="product-item-photo">${picture(good)}</a><a class="product-item-link" href="/${good.handle}.html">${escaped(good.title)}</a><div class="price-box" data-product-id="${shortId(good)}"><span class="price">${comma(good.price)}</span></div></div></li>`;
    return `<body class="catalog-category-view"><div class="minicart-wrapper"><ol class="product-items">${first(goods, small)}</ol></div><main><div class="products wrapper list products-list"><ol class="products list items product-items">${cards}</ol></div><div class="sidebar"><div class="block widget block-viewed-products-grid"><ol class="product-items">${first(goods, small)}</ol></div></div></main></body>`;
  },
});

/** Shopware's listing: the price of a unit comes first, the old price stands inside the new one. */
const units = variant({
  name: 'shopware',
  path: '/wohnen/',
  list: '.cms-listing-row',
  style: `.cms-listing-row${GRID}`,
  label: '<span class="badge bg-info">Anzeige</span>',
  card: (good, index, label) =>
    `<div class="cms-listing-col col-sm-6" role="listitem"><div class="card product-box box-standard"><div class="card-body"><div class="product-badges">${label}</div><div class="product-image-wrapper"><a href="/${good.handle}/SW${shortId(good)}" title="${escaped(good.title)}" class="product-image-link">${picture(good, 'class="product-image"')}</a></div><div class="product-info"><a href="/${good.handle}/SW${shortId(good)}" class="product-name stretched-link">${escaped(good.title)}</a><div class="product-description">Ab 30,00&nbsp;€ versandkostenfrei.</div><div class="product-price-info"><p class="product-price-unit"><span class="product-unit-label">Inhalt:</span> <span class="price-unit-content">0.1 Liter</span> <span class="price-unit-reference">(${comma(good.price * 10)}* / 1 Liter)</span></p><span class="product-price${isReduced(index) ? ' with-list-price' : ''}">${comma(good.price)}*${isReduced(index) ? `<span class="list-price"><span class="list-price-price">${comma(good.price + 8)}*</span></span>` : ''}</span></div>${good.isSoldOut ? '<p class="delivery-information">Nicht mehr verfügbar</p>' : ''}</div></div></div></div>`,
  promo: () =>
    '<div class="cms-listing-col col-sm-6"><div class="card"><a href="/aktion/"><p>Herbst</p></a></div></div>',
  expected: (good) => ({
    id: `/${good.handle}/SW${shortId(good)}`,
    handle: `SW${shortId(good)}`,
    title: good.title,
    price: good.price,
    brand: null,
    category: null,
  }),
  body: (cards) => `<body><main><div class="row cms-listing-row" role="list">${cards}</div></main></body>`,
});

/** Somebody's own shop in Norway: the card is the link, classes say how things look, and a notice speaks of money too. */
const links = variant({
  name: 'home-made links in crowns',
  path: '/avdeling',
  list: '.shop-grid',
  style: `.shop-grid${GRID}`,
  label: '<span class="absolute">Annonse</span>',
  card: (good, index, label) =>
    `<a class="group rounded-xl border p-3" href="/vare/${good.handle}"><div class="overflow-hidden relative">${label}${good.isSoldOut ? '<span class="absolute bg-black">Utsolgt</span>' : ''}${picture(good)}</div><h3 class="font-medium">${escaped(good.title)}</h3><div class="flex">${isReduced(index) ? `<span class="text-sm line-through">kr 1 499,-</span>` : ''}<span class="text-lg font-semibold">kr ${good.price.toFixed(2).replace('.', ',')}</span></div></a>`,
  promo: () => '<a class="group rounded-xl bg-amber-100 p-3" href="/kampanje"><p>Spar opptil 500 kr</p></a>',
  expected: ({ handle, title, price }) => ({
    id: `/vare/${handle}`,
    handle,
    title,
    price,
    brand: null,
    category: null,
  }),
  body: (cards) => `<body><main><div class="grid shop-grid">${cards}</div></main></body>`,
});

/** Somebody's own shop in PHP: one program shows every product, another takes them into the cart. */
const programs = variant({
  name: 'home-made programs',
  path: '/katalog.php',
  list: '#katalog',
  style: `#katalog${GRID}`,
  label: '<span class="badge">Promoted</span>',
  card: (good, index, label) =>
    `<div class="col-md-3"><div class="card h-100">${picture(good, 'class="card-img-top"')}<div class="card-body"><h5 class="card-title">${escaped(good.title)}</h5>${label}${isReduced(index) ? '<p><s>¥ 12,800</s></p>' : ''}<p class="fw-bold">¥ ${good.price}</p>${good.isSoldOut ? '<p>Currently unavailable</p>' : ''}</div><div class="card-footer"><a href="produkt.php?kat=3&amp;id=${shortId(good)}">Details</a> <a href="warenkorb.php?add=${shortId(good)}">Buy</a></div></div></div>`,
  promo: () => '<div class="col-md-3"><div class="card"><a href="kurs.php">Weaving course</a></div></div>',
  expected: (good) => ({
    id: `/produkt.php/${shortId(good)}`,
    handle: shortId(good),
    title: good.title,
    price: good.price,
    brand: null,
    category: null,
  }),
  body: (cards) =>
    `<body><nav><a href="katalog.php?kat=3">Home</a></nav><div class="row" id="katalog">${cards}</div></body>`,
});

export const abroadVariants: readonly Variant[] = [
  francs,
  savings,
  described,
  listMode,
  units,
  links,
  programs,
];
