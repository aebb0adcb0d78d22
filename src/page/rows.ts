import type { Steps } from '../core/steps.ts';

/** A card's box, in px; a box without height is not laid out. */
export interface Box {
  readonly card: Element;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
}

/**
 * Which cards stand in rows wholly below what has been in view; only these may still move. A row that is in view in
 * part counts as seen as a whole.
 * @param seenBottom lowest line that has been in view, in px from where the boxes are measured from
 * @returns one answer per card
 */
export function unseen(boxes: readonly Box[], seenBottom: number): boolean[] {
  let limit = seenBottom;
  for (const { top, bottom } of boxes) if (bottom > top && top < seenBottom) limit = Math.max(limit, bottom);
  return boxes.map(({ top, bottom }) => bottom <= top || top >= limit);
}

/** The boxes of these cards, from the top of the page. */
export function* boxesOf(cards: readonly Element[]): Steps<Box[]> {
  const boxes: Box[] = [];
  for (const card of cards) {
    const { top, bottom, width } = card.getBoundingClientRect();
    boxes.push({ card, top: top + window.scrollY, bottom: bottom + window.scrollY, width });
    yield;
  }
  return boxes;
}

/** Follows how far down the page has been in view; nothing has, while its tab was hidden. @returns that line in px */
export function watchSeen(signal: AbortSignal): () => number {
  let bottom = -1;
  const note = () => {
    if (document.visibilityState === 'visible')
      bottom = Math.max(bottom, window.scrollY + window.innerHeight);
  };
  note();
  for (const name of ['scroll', 'resize', 'visibilitychange'])
    window.addEventListener(name, note, { passive: true, capture: true, signal });
  return () => {
    note();
    return bottom;
  };
}
