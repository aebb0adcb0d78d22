import type { ShowOverlay } from '../panel/attend.ts';
import type { PanelExplanation } from '../panel/panel-host.ts';
import { createOverlayLayer, element } from './overlay-layer.ts';

const STYLES = `
.badge { position: absolute; z-index: 10; inset: 0.25rem auto auto 0.25rem; inline-size: max-content; max-inline-size: 16rem; padding: 0.25rem 0.5rem;
  border-radius: 0.5rem; font: 600 0.75rem/1.4 system-ui, sans-serif; color: #fff; background: #1d1b19e6; pointer-events: auto; }
.badge[data-move="up"] { background: #0b6b3ae6; }
.badge[data-move="down"] { background: #7a3b12e6; }
.badge table { font-weight: 400; border-collapse: collapse; }
.badge td { padding: 0 0.5rem 0 0; text-align: start; border: 0; font-size: 0.6875rem; }
.badge summary { cursor: pointer; }
.bar { position: fixed; z-index: 2147483001; inset: auto auto 0.75rem 0.75rem; padding: 0.5rem 0.75rem; border-radius: 0.625rem;
  font: 600 0.8125rem/1.4 system-ui, sans-serif; color: #fff; background: #1d1b19f2; }
.bar[data-leak="true"] { background: #b00020; }
`;
const REFRESH_MS = 1000;
const MAX_PARTS = 6;

/**
 * For developers (`?reshelf-debug`), after a grant: on every card its old place, its new place and the contributions to its score,
 * and a live count of the requests that the worker, the only part that ever sees behaviour, has made.
 */
export const showPersonal: ShowOverlay = ({ reshelf, cards, requestCount }) => {
  const { root, layer, place, remove } = createOverlayLayer(STYLES);
  const bar = element('div', '', 'bar');
  bar.setAttribute('role', 'status');
  root.append(bar);

  const badges = new Map<Element, HTMLElement>();
  async function refresh(): Promise<void> {
    const requests = await requestCount();
    bar.dataset.leak = String(requests > 0);
    bar.textContent =
      requests === 0
        ? 'Reshelf · bytes of behaviour sent: 0 · requests by the worker: 0'
        : `Reshelf · the worker made ${requests} requests: find out which`;
    for (const { element: card, itemId, listId } of cards()) {
      if (badges.has(card)) continue;
      const explanation = await reshelf.explain(itemId, listId);
      const badge = createBadge(explanation);
      badges.set(card, badge);
      layer.append(badge);
    }
    for (const [card, badge] of badges) place(badge, card);
  }
  let isOver = false;
  const repeat = () => {
    refresh().then(
      () => !isOver && setTimeout(repeat, REFRESH_MS),
      remove, // withdrawn, or the worker is gone: nothing to show
    );
  };
  repeat();
  return () => {
    isOver = true;
    remove();
  };
};

function createBadge({ from, to, score, contributions }: PanelExplanation): HTMLElement {
  const badge = element('details', '', 'badge');
  badge.dataset.move = to < from ? 'up' : to > from ? 'down' : 'none';
  const arrow = to < from ? '▲' : to > from ? '▼' : '=';
  badge.append(element('summary', `${from + 1} → ${to + 1} ${arrow} ${score.toFixed(2)}`));
  const table = element('table');
  const strongest = [...contributions]
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, MAX_PARTS);
  for (const { label, value } of strongest) {
    const row = element('tr');
    row.append(element('td', label), element('td', `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`));
    table.append(row);
  }
  badge.append(table);
  return badge;
}
