import type { ShowOverlay } from '../panel/attend.ts';
import { DRY_RUN_STYLES } from './dry-run-styles.ts';
import { findLists } from './find-lists.ts';
import { createOverlayLayer, element } from './overlay-layer.ts';
import type { ProductList } from './product-list.ts';
import { inSlices } from './slices.ts';
import { type Survey, type SurveyedList, type SurveyedPlace, survey } from './survey.ts';
import type { Advice } from './survey-advice.ts';
import { THEMES } from './themes.ts';

const REFRESH_MS = 500;
const FIELDS = ['id', 'title', 'price', 'brand', 'category', 'image'] as const;
const WAYS = { move: 'node moves', order: 'CSS order', stand: 'not at all' } as const;

/**
 * Before a grant: on every card what it was read as and whether it may move, and beside the page how each list was
 * found and what is amiss. It reads the page as `reshelf inspect` does; nothing is moved, kept or sent.
 */
export const showDryRun: ShowOverlay = ({ settings, report }) => {
  const { root, layer, place, remove } = createOverlayLayer(DRY_RUN_STYLES);
  const summary = element('details', '', 'summary');
  summary.open = matchMedia('(min-width: 48rem)').matches;
  root.append(summary);
  let found: readonly ProductList[] = [];
  let frames: (readonly [frame: HTMLElement, card: Element])[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  async function look(): Promise<void> {
    found = await inSlices(findLists(settings, THEMES));
    if (isOver) return;
    const told = survey(settings, found);
    frames = told.lists.flatMap(({ places, way }, at) =>
      places.flatMap((spot, index) => {
        const card = found[at]?.cards[index]?.element;
        return card === undefined ? [] : [[createFrame(spot, whyStays(spot, way, told.sort)), card] as const];
      }),
    );
    layer.replaceChildren(...frames.map(([frame]) => frame));
    summary.replaceChildren(...summarize(told));
  }
  async function refresh(): Promise<void> {
    if (found.length === 0 || !found.every(isAsRead)) await look();
    if (isOver) return;
    for (const [frame, card] of frames) {
      const { width, height } = place(frame, card);
      frame.hidden = width === 0;
      frame.style.setProperty('width', `${width}px`);
      frame.style.setProperty('height', `${height}px`);
    }
    timer = setTimeout(repeat, REFRESH_MS);
  }
  const stop = () => {
    isOver = true;
    clearTimeout(timer);
    remove();
  };
  const repeat = () => {
    refresh().catch((error: unknown) => {
      stop();
      report(error);
    });
  };
  repeat();
  return stop;
};

/** Whether the list still holds what it held when it was read. */
const isAsRead = ({ container, children }: ProductList): boolean =>
  container.isConnected &&
  container.children.length === children.length &&
  children.every((child, at) => container.children[at] === child);

function whyStays({ pinned }: SurveyedPlace, way: SurveyedList['way'], sort: string | null): string | null {
  if (pinned !== null) return pinned;
  if (sort !== null) return 'the shopper’s own order';
  return way === 'stand' ? 'a framework’s list' : null;
}

/** A frame as large as the card, with a label that opens to all that was read. */
function createFrame(spot: SurveyedPlace, stays: string | null): HTMLElement {
  const { slot, confidence, position, wouldStand } = spot;
  const frame = element('div', '', 'frame');
  frame.dataset.stays = stays ?? '';
  const label = element('details', '', 'label');
  const head = element('summary');
  const moves = wouldStand === position ? 'may move' : `may move → place ${wouldStand + 1}`;
  const sure = confidence.id === undefined ? '' : `, id ${percent(confidence.id)}`;
  head.append(
    element('b', stays === null ? moves : `stays: ${stays}`),
    element('span', `${slot}${sure}`, 'slot'),
  );
  label.append(head);
  const missing = slot === 'product' ? FIELDS.filter((field) => spot[field] === null) : [];
  if (missing.length > 0) head.append(element('span', `no ${missing.join(', ')}`, 'missing'));
  const list = element('dl');
  for (const field of FIELDS) {
    const value = spot[field];
    const at = confidence[field];
    if (value !== null)
      list.append(
        element('dt', field),
        element('dd', `${value}${at === undefined ? '' : ` (${percent(at)})`}`),
      );
  }
  if (stays === null && wouldStand !== position)
    list.append(
      element('dt', 'here'),
      element('dd', `place ${position + 1} → ${wouldStand + 1} in the example`),
    );
  label.append(list);
  frame.append(label);
  return frame;
}

function summarize({ lists, sort, product, advice }: Survey): HTMLElement[] {
  const head = element('summary', 'Reshelf dry run');
  head.append(element('small', 'nothing is moved, kept or sent'));
  const order =
    sort === null ? 'the shop’s own, so lists may move' : `“${sort}”, the shopper’s: nothing moves`;
  const page = facts([
    ['order', order],
    ...(product === null
      ? []
      : [['product page', [product.id, product.title].filter(Boolean).join(', ')] as const]),
  ]);
  return [head, page, ...advise(advice), ...lists.flatMap(summarizeList)];
}

function summarizeList(list: SurveyedList, index: number): HTMLElement[] {
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
      ...(example === null
        ? []
        : [['example', `the places for who likes ${example.field} “${example.value}”`] as const]),
    ]),
    ...advise(list.advice),
  ];
}

function facts(told: readonly (readonly [name: string, value: string])[]): HTMLElement {
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

const percent = (sure: number): string => `${Math.round(sure * 100)} %`;
