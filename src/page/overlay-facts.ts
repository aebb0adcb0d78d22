import { element } from './overlay-layer.ts';
import type { Survey, SurveyedList, SurveyedPlace } from './survey.ts';
import type { Advice } from './survey-advice.ts';

/** What a card should say of its product. */
const FIELDS = ['id', 'title', 'price', 'brand', 'category', 'image', 'handle'] as const;
const WAYS = { move: 'node moves', order: 'CSS order', stand: 'not at all' } as const;

/** Of what a product should have, what was not found. */
export const missingIn = (spot: SurveyedPlace): string[] =>
  spot.slot === 'product' ? FIELDS.filter((field) => field !== 'handle' && spot[field] === null) : [];

/** All that was read of a place, each with how sure that is. */
export function placeFacts(spot: SurveyedPlace): (readonly [name: string, value: string])[] {
  const { confidence, inStock, slot } = spot;
  const read = FIELDS.map((field) => [field, spot[field]] as const);
  const stock = inStock === null ? null : inStock ? 'in stock' : 'out of stock';
  return [...read, ['inStock', stock] as const, ['slot', slot] as const].flatMap(([field, value]) =>
    value === null
      ? []
      : [[field === 'inStock' ? 'stock' : field, `${value} (${percent(confidence[field] ?? 0)})`] as const],
  );
}

/** The page in words: how each list was found and what is amiss. @param isDone what would be done has been done */
export const pageFacts = ({ lists, sort, product, advice }: Survey, isDone: boolean): HTMLElement[] => [
  facts([
    [
      'order',
      sort === null ? 'the shop’s own, so lists may move' : `“${sort}”, the shopper’s: nothing moves`,
    ],
    ...(product === null
      ? []
      : [['product page', [product.id, product.title].filter(Boolean).join(', ')] as const]),
  ]),
  ...advise(advice),
  ...lists.flatMap((list, index) => listFacts(list, index, isDone)),
];

function listFacts(list: SurveyedList, index: number, isDone: boolean): HTMLElement[] {
  const { places, example, theme } = list;
  const stays = places.filter(({ pinned }) => pinned !== null);
  const reasons = [...new Set(stays.map(({ pinned }) => pinned))].map(
    (reason) => `${stays.filter(({ pinned }) => pinned === reason).length} ${reason}`,
  );
  return [
    element('h2', `List ${index + 1}: ${list.element}`),
    facts([
      ['found by', `${list.foundBy} (${percent(list.confidence)}), rules: ${theme}`],
      ['moved by', `${WAYS[list.way]}: ${list.because}`],
      ['may move', `${places.length - stays.length} of ${places.length} places`],
      ...(stays.length > 0 ? [['stay', `${stays.length}: ${reasons.join(', ')}`] as const] : []),
      ...(example === null || isDone
        ? []
        : [['example', `the places for who likes ${example.field} “${example.value}”`] as const]),
    ]),
    ...advise(list.advice),
  ];
}

export function facts(told: readonly (readonly [name: string, value: string])[]): HTMLElement {
  const list = element('dl');
  for (const [name, value] of told) list.append(element('dt', name), element('dd', value));
  return list;
}

const advise = (advice: readonly Advice[]): HTMLElement[] =>
  advice.map(({ code, says, todo }) => {
    const told = element('p', `${says} ${todo}`, 'advice');
    told.dataset.code = code;
    return told;
  });

export const percent = (sure: number): string => `${Math.round(sure * 100)} %`;

/** For both overlays. */
export const FACTS_STYLES = `
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.125rem 0.625rem; margin: 0; }
dt { opacity: 0.7; }
dd { margin: 0; overflow-wrap: anywhere; }
h2 { margin: 0.75rem 0 0; padding-block-start: 0.625rem; border-block-start: 1px solid #fff3; font-size: 0.8125rem; overflow-wrap: anywhere; }
.advice { margin: 0.5rem 0 0; padding: 0.375rem 0.625rem; border-radius: 0.375rem; background: #78350f; overflow-wrap: anywhere; }
`;
