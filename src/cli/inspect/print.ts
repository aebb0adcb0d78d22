import type { FieldName } from '../../page/read-card.ts';
import type { Survey, SurveyedList, SurveyedPlace } from '../../page/survey.ts';
import type { Advice } from '../../page/survey-advice.ts';

const WAYS = { move: 'node moves', order: 'CSS order', stand: 'not at all' } as const;

/** A survey as text for a terminal. */
export function print(survey: Survey): string {
  const { address, title, sort, product, lists, advice } = survey;
  const head = [
    `${title || 'Untitled page'}  ${address}`,
    sort === null ? "Order: the shop's own" : `Order: chosen by the shopper (${sort}); nothing moves`,
    ...(product === null ? [] : [`Product of this page: ${product.id}  ${product.title ?? ''}`.trimEnd()]),
    lists.length === 0
      ? 'No product list'
      : `${lists.length} product ${lists.length === 1 ? 'list' : 'lists'}`,
  ];
  return [head.join('\n'), ...lists.map(printList), ...advice.map(printAdvice)].join('\n\n');
}

function printList(list: SurveyedList, index: number): string {
  const { places, example } = list;
  const moving = places.filter(({ pinned }) => pinned === null).length;
  const theme = list.theme === 'page' ? 'no known theme, rules worked out on this page' : list.theme;
  const head = [
    `List ${index + 1}  ${list.element}`,
    `  found by    ${list.foundBy} (${percent(list.confidence)})`,
    `  theme       ${theme}`,
    `  moved by    ${WAYS[list.way]}: ${list.because}`,
    `  places      ${places.length}: ${moving} may move, ${places.length - moving} stay`,
    example === null
      ? '  example     none: the products share no brand or category that could be liked'
      : `  example     for somebody who likes ${example.field} "${example.value}"; real shoppers differ`,
  ];
  return [...head, '', ...places.map(printPlace), ...list.advice.map(printAdvice)].join('\n');
}

function printPlace(place: SurveyedPlace): string {
  const { position, pinned, wouldStand, slot, confidence } = place;
  const fate =
    pinned !== null
      ? `stays: ${pinned}`
      : wouldStand === position
        ? 'may move'
        : `may move, here to ${wouldStand + 1}`;
  const sure = (field: FieldName, value: string | null) =>
    value === null ? '' : `${field} ${value} (${percent(confidence[field] ?? 0)})`;
  const price = place.price === null ? null : `${place.price}${place.currency ? ` ${place.currency}` : ''}`;
  const stock = place.inStock === null ? null : place.inStock ? 'in stock' : 'out of stock';
  const facts = [
    sure('id', place.id),
    sure('handle', place.handle),
    sure('price', price),
    sure('brand', place.brand),
    sure('category', place.category),
    stock === null ? '' : `${stock} (${percent(confidence.inStock ?? 0)})`,
    sure('image', place.image === null ? null : shortAddress(place.image)),
  ].filter(Boolean);
  const title = place.title === null ? 'no product' : `${place.title} (${percent(confidence.title ?? 0)})`;
  const line = `  ${String(position + 1).padStart(3)}  ${slot} (${percent(confidence.slot ?? 0)})  ${title}  [${fate}]`;
  return facts.length === 0 ? line : `${line}\n       ${facts.join(' · ')}`;
}

/** The end of an address tells more than its start; a picture in the page itself has none. */
const shortAddress = (address: string): string =>
  address.startsWith('data:') ? 'in the page' : address.replace(/[?#].*$/, '').replace(/^.*\/(?=[^/])/, '…/');

const printAdvice = ({ says, todo }: Advice): string => `  ! ${says}\n    ${todo}`;
const percent = (sureness: number): string => `${Math.round(sureness * 100)} %`;
