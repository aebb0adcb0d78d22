import type { ShowOverlay } from '../panel/attend.ts';
import type { PanelExplanation } from '../panel/panel-host.ts';
import { FACTS_STYLES, facts, pageFacts, placeFacts } from './overlay-facts.ts';
import { createOverlayLayer, element } from './overlay-layer.ts';
import { createSurveyor, type MarkedPlace } from './surveyor.ts';

const STYLES = `${FACTS_STYLES}
.badge { position: absolute; z-index: 10; inset: 0.25rem auto auto 0.25rem; inline-size: max-content; max-inline-size: 16rem; padding: 0.25rem 0.5rem;
  border-radius: 0.5rem; font: 600 0.75rem/1.4 system-ui, sans-serif; color: #fff; background: #1d1b19e6; pointer-events: auto; }
.badge[data-move="up"] { background: #0b6b3ae6; }
.badge[data-move="down"] { background: #7a3b12e6; }
.badge[data-move="stays"] { background: #92400ee6; }
.badge[open] { z-index: 11; }
.badge dl { font-weight: 400; font-size: 0.6875rem; }
.badge table { font-weight: 400; border-collapse: collapse; }
.badge td { padding: 0 0.5rem 0 0; text-align: start; border: 0; font-size: 0.6875rem; }
summary { cursor: pointer; }
.bar { position: fixed; z-index: 2147483001; inset: auto auto 0.75rem 0.75rem; padding: 0.5rem 0.75rem; border-radius: 0.625rem;
  font: 0.8125rem/1.4 system-ui, sans-serif; color: #fff; background: #1d1b19f2; max-inline-size: min(28rem, 100vw - 3rem); max-block-size: 60vh; overflow: auto; }
.bar summary { font-weight: 600; }
.bar[data-leak="true"] { background: #b00020; }
`;
const REFRESH_MS = 1000;
const MAX_PARTS = 6;

/**
 * For developers (`?reshelf-debug`), after a grant: on every card its old place, its new place and the contributions to its
 * score, or why it stays; what was read of it and how sure that is; and a live count of the requests that the worker, the
 * only part that ever sees behaviour, has made, which opens to how each list was found and what is amiss.
 */
export const showPersonal: ShowOverlay = ({ settings, reshelf, cards, requestCount }) => {
  const { root, layer, place, remove } = createOverlayLayer(STYLES);
  const bar = element('details', '', 'bar');
  const line = element('span');
  line.setAttribute('role', 'status');
  const head = element('summary');
  head.append(line);
  const page = element('div');
  bar.append(head, page);
  root.append(bar);

  const look = createSurveyor(settings);
  let spots: ReadonlyMap<Element, MarkedPlace> = new Map();
  const badges = new Map<Element, HTMLElement>();
  async function refresh(): Promise<void> {
    const requests = await requestCount();
    bar.dataset.leak = String(requests > 0);
    line.textContent =
      requests === 0
        ? 'Reshelf · bytes of behaviour sent: 0 · requests by the worker: 0'
        : `Reshelf · the worker made ${requests} requests: find out which`;
    const seen = await look();
    if (seen !== undefined) {
      spots = new Map(seen.places.map((spot) => [spot.card, spot]));
      page.replaceChildren(...pageFacts(seen.told, true));
    }
    const moving = new Map(cards().map((card) => [card.element, card]));
    for (const card of new Set([...moving.keys(), ...spots.keys()])) {
      const mover = moving.get(card);
      const spot = spots.get(card);
      if (badges.has(card) || (mover === undefined && !spot?.stays)) continue; // what may move is known soon
      const explanation = mover && (await reshelf.explain(mover.itemId, mover.listId));
      const badge = createBadge(explanation, spot);
      badges.set(card, badge);
      layer.append(badge);
    }
    for (const [card, badge] of badges) {
      badge.hidden = !card.isConnected;
      place(badge, card);
    }
  }
  let isOver = false;
  const again = () => !isOver && setTimeout(repeat, REFRESH_MS);
  const repeat = () => {
    refresh().then(again, (error: unknown) => {
      // the worker opens just now, the page is changing, or it is gone for good
      line.textContent = `Reshelf · ${error instanceof Error ? error.message : String(error)}`;
      again();
    });
  };
  repeat();
  return () => {
    isOver = true;
    remove();
  };
};

function createBadge(explanation: PanelExplanation | undefined, spot: MarkedPlace | undefined): HTMLElement {
  const badge = element('details', '', 'badge');
  if (explanation === undefined) {
    badge.dataset.move = 'stays';
    badge.append(element('summary', `stays: ${spot?.stays}`));
  } else badge.append(...explain(badge, explanation));
  if (spot !== undefined) badge.append(facts(placeFacts(spot.spot)));
  return badge;
}

function explain(badge: HTMLElement, { from, to, score, contributions }: PanelExplanation): HTMLElement[] {
  badge.dataset.move = to < from ? 'up' : to > from ? 'down' : 'none';
  const arrow = to < from ? '▲' : to > from ? '▼' : '=';
  const table = element('table');
  const strongest = [...contributions]
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, MAX_PARTS);
  for (const { label, value } of strongest) {
    const row = element('tr');
    row.append(element('td', label), element('td', `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`));
    table.append(row);
  }
  return [element('summary', `${from + 1} → ${to + 1} ${arrow} ${score.toFixed(2)}`), table];
}
