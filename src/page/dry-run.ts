import type { ShowOverlay } from '../panel/attend.ts';
import { DRY_RUN_STYLES } from './dry-run-styles.ts';
import { FACTS_STYLES, facts, missingIn, pageFacts, percent, placeFacts } from './overlay-facts.ts';
import { createOverlayLayer, element } from './overlay-layer.ts';
import { createSurveyor, type MarkedPlace } from './surveyor.ts';

const REFRESH_MS = 500;

/**
 * Before a grant: on every card what it was read as and whether it may move, and beside the page how each list was
 * found and what is amiss. It reads the page as `reshelf inspect` does; nothing is moved, kept or sent.
 */
export const showDryRun: ShowOverlay = ({ settings, report }) => {
  const { root, layer, place, remove } = createOverlayLayer(FACTS_STYLES + DRY_RUN_STYLES);
  const summary = element('details', '', 'summary');
  summary.open = matchMedia('(min-width: 48rem)').matches;
  root.append(summary);
  const look = createSurveyor(settings);
  let frames: (readonly [frame: HTMLElement, card: Element])[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  async function refresh(): Promise<void> {
    const seen = await look();
    if (isOver) return;
    if (seen !== undefined) {
      frames = seen.places.map((spot) => [createFrame(spot), spot.card]);
      layer.replaceChildren(...frames.map(([frame]) => frame));
      const head = element('summary', 'Reshelf dry run');
      head.append(element('small', 'nothing is moved, kept or sent'));
      summary.replaceChildren(head, ...pageFacts(seen.told, false));
    }
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

/** A frame as large as the card, with a label that opens to all that was read. */
function createFrame({ spot, stays }: MarkedPlace): HTMLElement {
  const { slot, confidence, position, wouldStand } = spot;
  const frame = element('div', '', 'frame');
  frame.dataset.stays = stays ?? '';
  const label = element('details', '', 'label');
  const head = element('summary');
  const moves = wouldStand === position ? 'may move' : `may move → place ${wouldStand + 1}`;
  const sure = confidence.id === undefined ? '' : `, id ${percent(confidence.id)}`;
  head.append(
    element('b', stays === null ? moves : `stays: ${stays}`),
    element('span', `${slot} ${percent(confidence.slot ?? 0)}${sure}`, 'slot'),
  );
  const missing = missingIn(spot);
  if (missing.length > 0) head.append(element('span', `no ${missing.join(', ')}`, 'missing'));
  const here = `place ${position + 1} → ${wouldStand + 1} in the example`;
  const moved = stays === null && wouldStand !== position ? [['here', here] as const] : [];
  label.append(head, facts([...placeFacts(spot), ...moved]));
  frame.append(label);
  return frame;
}
