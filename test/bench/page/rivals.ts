import { type Addition, LISTING } from './shop.ts';

/**
 * What merchants use instead, as their packages on npm come, with the few lines that their documentation asks for. Each
 * puts the list into an order that its server chose: that is what they are compared at.
 */

/** Three cards of the page's end that are put first. */
const MOVED = [30, 25, 20] as const;
const FIRST = '#products > li:nth-child(1)';

/** Loaded before the first paint, since its anti-flicker hides the page only from then on. */
export const growthBook: Addition = {
  first:
    '<script src="/vendor/auto.min.js" data-api-host="/gb" data-client-key="bench" data-anti-flicker="true"></script>',
  files: { '/vendor/auto.min.js': 'node_modules/@growthbook/growthbook/dist/bundles/auto.min.js' },
  answers: {
    '/gb/api/features/bench': {
      status: 200,
      features: {},
      dateUpdated: '2026-11-01T00:00:00.000Z',
      experiments: [
        {
          key: 'order',
          status: 'running',
          hashAttribute: 'id',
          coverage: 1,
          weights: [0, 1],
          urlPatterns: [{ include: true, type: 'simple', pattern: LISTING }],
          variations: [
            { domMutations: [] },
            {
              domMutations: MOVED.map((place) => ({
                selector: `#products > li:nth-child(${place})`,
                action: 'set',
                attribute: 'position',
                parentSelector: '#products',
                insertBeforeSelector: FIRST,
              })),
            },
          ],
        },
      ],
    },
  },
};

/** The list is rendered by its connector for hits, from an HTTP server that answers with the cards' own markup. */
export function instantSearch(cards: readonly string[]): Addition {
  const hits = cards.map((card, objectID) => ({ objectID: String(objectID), card }));
  return {
    head: `<script defer src="/vendor/instantsearch.js"></script><script>addEventListener('DOMContentLoaded', () => {
const searchClient = { search: (requests) => fetch('/search.json').then((reply) => reply.json()).then((found) => ({ results: requests.map(({ indexName }) => ({ ...found, index: indexName })) })) };
const list = document.querySelector('#products');
const search = instantsearch({ indexName: 'dresses', searchClient });
search.addWidgets([instantsearch.connectors.connectHits(({ items }) => { list.innerHTML = items.map(({ card }) => card).join(''); })({ escapeHTML: false })]);
search.start(); });</script>`,
    page: (html) => html.replace(/(<ul[^>]*id="products"[^>]*>)[\s\S]*?<\/ul>/, '$1</ul>'),
    files: {
      '/vendor/instantsearch.js': 'node_modules/instantsearch.js/dist/instantsearch.production.min.js',
    },
    answers: {
      '/search.json': {
        hits,
        nbHits: hits.length,
        page: 0,
        nbPages: 1,
        hitsPerPage: hits.length,
        processingTimeMS: 1,
        query: '',
        params: '',
      },
    },
  };
}

/** Its defaults, autocapture among them; recording and surveys stay off, as its server says nothing of them. */
export const postHog: Addition = {
  head: `<script>window.posthog = Object.assign([], { __SV: 1, _i: [['bench', { api_host: location.origin + '/ph', loaded: (posthog) => posthog.onFeatureFlags(() => {
if (posthog.getFeatureFlag('order') !== 'personal') return;
const list = document.querySelector('#products');
for (const place of [${MOVED.join(', ')}]) list.prepend(list.children[place - 1]);
window.flagged = true; }) }]] });</script><script async src="/vendor/array.js"></script>`,
  files: { '/vendor/array.js': 'node_modules/posthog-js/dist/array.js' },
  answers: {
    '/ph/flags/': {
      flags: {
        order: {
          key: 'order',
          enabled: true,
          variant: 'personal',
          reason: { code: 'condition_match' },
          metadata: { id: 1, version: 1 },
        },
      },
      errorsWhileComputingFlags: false,
      requestId: 'bench',
    },
    '/ph/array/bench/config': { hasFeatureFlags: true, supportedCompression: ['gzip-js'] },
    '/ph/e/': { status: 1 },
    '/ph/i/v0/e/': { status: 1 },
  },
};
