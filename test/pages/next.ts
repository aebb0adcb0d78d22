import { escaped, type Good, picture } from './goods.ts';
import type { Platform } from './platform.ts';
import { withTiles } from './tiles.ts';

/** Next.js Commerce: `components/grid`, `layout/product-grid-items.tsx`, `grid/tile.tsx`, `label.tsx`, `price.tsx`. */
function card(good: Good, label = ''): string {
  return `<li class="aspect-square transition-opacity animate-fadeIn"><a class="relative inline-block h-full w-full" href="/product/${good.handle}">${label}<div class="group flex h-full w-full items-center justify-center overflow-hidden rounded-lg border bg-white hover:border-blue-600 relative">${picture(good, 'class="relative h-full w-full object-contain" loading="lazy" data-nimg="fill"')}
<div class="absolute bottom-0 left-0 flex w-full px-4 pb-4 @container/label"><div class="flex items-center rounded-full border bg-white/70 p-1 text-xs font-semibold text-black backdrop-blur-md"><h3 class="mr-4 line-clamp-2 grow pl-2 leading-none tracking-tight">${escaped(good.title)}</h3>${good.isSoldOut ? '<span class="badge">Sold out</span>' : ''}<p class="flex-none rounded-full bg-blue-600 p-2 text-white">€${good.price.toFixed(2)}<span class="ml-1 inline hidden @[275px]/label:inline">EUR</span></p></div></div></div></a></li>`;
}

export const next: Platform = {
  name: 'next-commerce',
  path: '/search/home',
  list: 'ul.grid.grid-cols-1',
  replaced: '.order-last',
  sortQuery: '?sort=price-asc',
  card: (good) => card(good),
  expected: ({ handle, title, price }) => ({ id: handle, handle, title, price, brand: null, category: null }),
  page({ head = '', goods }) {
    const cards = withTiles(goods, {
      product: (good) => card(good),
      sponsored: (good) => card(good, '<span>Sponsored</span>'),
      promo: () => '<li class="aspect-square"><a href="/sale"><p>Sale</p></a></li>',
    });
    return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Search</title><link rel="icon" href="data:,">
<style>.grid{display:grid;grid-template-columns:repeat(4,1fr);gap:16px;padding:0;list-style:none}img{width:100%;height:auto}</style>${head}</head>
<body class="bg-neutral-50 text-black"><nav class="relative flex items-center justify-between p-4"><a href="/">Acme</a><ul class="hidden gap-6"><li><a href="/search/home">Home</a></li></ul></nav>
<main><div class="mx-auto flex max-w-screen-2xl flex-col gap-8 px-4 pb-4"><div class="order-first w-full flex-none"><nav><h3>Collections</h3><ul><li><a href="/search/home">Home</a></li><li><a href="/search/sale">Sale</a></li></ul></nav></div>
<div class="order-last min-h-screen w-full md:order-none"><ul class="grid grid-flow-row gap-4 grid-cols-1 sm:grid-cols-2 lg:grid-cols-3">${cards}</ul></div>
<div class="order-none flex-none"><nav><h3>Sort by</h3><ul><li><a href="/search/home">Relevance</a></li></ul></nav></div></div></main><footer><a href="/terms">Terms</a></footer><script>self.__next_f=self.__next_f||[]</script></body></html>`;
  },
};
