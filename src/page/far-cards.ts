import { type EarlyRecipe, MOST_EARLY } from '../core/order-snapshot.ts';
import type { Box } from './rows.ts';

/** Cards are far from so many heights of the screen below the top of their list on: out of view, wherever the list begins. */
const NEAR_SCREENS = 1.2;
/** A card this many times as wide as the first spans columns. */
const SPANS = 1.5;
/** What scripts write that fit cards to each other or put them in their places: they would measure cards that have no boxes. */
const FITTED = ['height', 'width', 'position', 'left', 'transform'].map((name) => `[style*=${name}]`).join();

/**
 * A style for the next visit by which a list's far cards have no boxes, so that the first paint in order has less to wait
 * for; their room is kept by a padding. The head snippet takes it away when that paint has been.
 *
 * It fits this list as it was measured: at this width of the window, with as many children, and not where the address names
 * a place in the page, which may be further down. (`content-visibility` would be the word for it, but Chromium 156 counts
 * a layout shift of cards with a border or a clip when they are laid out late.)
 * @param boxes of the cards as they stand
 * @returns `undefined` where CSS orders the list or a script fits it, where nothing in it is far, and where near cards may
 *   not keep their size without the far ones, or until their pictures have come
 */
export function farCards({ list, item, way }: EarlyRecipe, boxes: readonly Box[]): string | undefined {
  const screens = Math.max(screen.height, window.innerHeight);
  const limit = Math.min(...boxes.map(({ top }) => top)) + NEAR_SCREENS * screens;
  const count = 1 + boxes.map(({ top }) => top < limit).lastIndexOf(true);
  const near = boxes.slice(0, count);
  const first = boxes[count]?.card;
  const container = first?.parentElement;
  if (way === 'order' || container == null || container.matches(FITTED) || container.querySelector(FITTED))
    return undefined;
  if (!hasEvenColumns(boxes) || !near.every(hasSurePictures)) return undefined;
  const bottomOf = (some: readonly Box[]) => Math.max(...some.map(({ bottom }) => bottom));
  const bottom = bottomOf(boxes);
  if (container.getBoundingClientRect().bottom + window.scrollY < Math.floor(bottom)) return undefined; // it does not hold them: floats
  const padding = Number.parseFloat(getComputedStyle(container).paddingBottom);
  const room = padding + bottom - bottomOf(near);
  const children = [...container.children];
  const whole =
    children.length > MOST_EARLY
      ? `:nth-child(${MOST_EARLY + 1})` // no more are waited for
      : `:nth-child(${children.length}):last-child`;
  const here = `:root:not(:has(:target)) :is(${list}):has(>${whole})`;
  const far = `${here}>:is(${item}):nth-child(n+${children.indexOf(first as Element) + 1})`;
  return `@media(width:${window.innerWidth}px){${here}{padding-bottom:${room.toFixed(1)}px!important}${far}{display:none!important}}`;
}

/** Whether columns are as wide as the list makes them, and not as what stands in them. */
function hasEvenColumns(boxes: readonly Box[]): boolean {
  const [first] = boxes;
  return boxes.every(
    ({ width }) => first !== undefined && (Math.abs(width - first.width) < 1 || width > first.width * SPANS),
  );
}

/** Whether every picture takes no room, or takes it before it is there: by its attributes or by a style. */
const hasSurePictures = ({ card }: Box): boolean =>
  [...card.querySelectorAll('img')].every((picture) => {
    const { position, aspectRatio } = getComputedStyle(picture);
    return position === 'absolute' || aspectRatio.includes('/');
  });
