import type { Clock } from '../core/ambient.ts';
import type { SlateId } from '../core/ids.ts';
import type { Observation } from '../core/observation.ts';
import type { Undo } from './adopt-sheet.ts';
import type { Guard } from './guard.ts';
import type { Card, ProductList } from './product-list.ts';

/** An impression is an item at least half visible for a second. */
const VISIBLE_SHARE = 0.5;
const VISIBLE_MS = 1000;
/** Impressions of one moment go together. They do not wait for the page to be hidden: then the worker ends too. */
const BATCH_MS = 200;

export interface ExposureWatch {
  /** Takes lists in; a card that is watched already, or was counted, stays so. */
  watch(lists: readonly ProductList[]): void;
  readonly stop: Undo;
}

/** Watches what is really seen of the lists; each card counts once per page. */
export function watchExposure(
  slateOf: (list: ProductList) => SlateId | undefined,
  clock: Clock,
  observe: (seen: readonly Observation[]) => void,
  guard: Guard,
): ExposureWatch {
  const timers = new Map<Element, ReturnType<typeof setTimeout>>();
  const seen: Observation[] = [];
  const flush = guard(() => {
    if (seen.length > 0) observe(seen.splice(0));
  });
  const cardOf = new Map<Element, { readonly list: ProductList; readonly card: Card }>();
  const observer = new IntersectionObserver(
    guard((entries) => {
      for (const { target, intersectionRatio } of entries) {
        const isVisible = intersectionRatio >= VISIBLE_SHARE;
        if (!isVisible) {
          clearTimeout(timers.get(target));
          timers.delete(target);
        } else if (!timers.has(target))
          timers.set(target, setTimeout(note, VISIBLE_MS, target as HTMLElement));
      }
    }),
    { threshold: VISIBLE_SHARE },
  );
  const note = guard((element: HTMLElement) => {
    observer.unobserve(element);
    const found = cardOf.get(element);
    if (found?.card.id == null || document.visibilityState === 'hidden') return;
    const slateId = slateOf(found.list);
    seen.push({
      kind: 'impression',
      at: clock(),
      itemId: found.card.id,
      facts: found.card.facts,
      position: [...found.list.container.children].indexOf(element),
      ...(slateId === undefined ? {} : { slateId }),
    });
    if (seen.length === 1) timers.set(document.body, setTimeout(flush, BATCH_MS));
  });
  const onHidden = () => {
    if (document.visibilityState === 'hidden') flush();
  };
  document.addEventListener('visibilitychange', onHidden);
  window.addEventListener('pagehide', flush);
  return {
    watch(lists) {
      for (const list of lists)
        for (const card of list.cards) {
          if (!cardOf.has(card.element)) observer.observe(card.element);
          cardOf.set(card.element, { list, card });
        }
    },
    stop() {
      observer.disconnect();
      for (const timer of timers.values()) clearTimeout(timer);
      document.removeEventListener('visibilitychange', onHidden);
      window.removeEventListener('pagehide', flush);
    },
  };
}
