import type { Undo } from './adopt-sheet.ts';

/**
 * Which entries of a sequence may stay where they are when it is brought into rising order: a longest increasing
 * subsequence (patience method, Fredman 1975), so that all others are the fewest that must move.
 * @param ranks distinct numbers, shape [n]
 * @param keep index of an entry that has to stay, or -1
 * @returns the indices that stay, rising
 */
export function longestIncreasing(ranks: readonly number[], keep = -1): Set<number> {
  const kept = ranks[keep];
  const allowed = (index: number, rank: number) =>
    kept === undefined || index === keep || (index < keep ? rank < kept : rank > kept);
  const tails: number[] = []; // tails[k]: index that ends the best subsequence of length k + 1
  const before = new Map<number, number>();
  ranks.forEach((rank, index) => {
    if (!allowed(index, rank)) return;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ranks[tails[middle] ?? 0] ?? 0) < rank) low = middle + 1;
      else high = middle;
    }
    const previous = tails[low - 1];
    if (previous !== undefined) before.set(index, previous);
    tails[low] = index;
  });
  const stay = new Set<number>();
  for (let at = tails.at(-1); at !== undefined; at = before.get(at)) stay.add(at);
  return stay;
}

/**
 * Puts `nodes`, all children of `parent`, into the given order with the fewest moves, into the places that they
 * hold together now. Nodes are moved, never cloned, wrapped or re-parented; other children stay where they are.
 * The node that has the focus is never moved: moving it would drop the focus in browsers without `moveBefore`.
 * @returns puts the previous node sequence back; calling it twice does nothing more
 */
export function reorder(parent: Element, nodes: readonly Element[]): Undo {
  const before = [...parent.childNodes];
  const { scrollX, scrollY } = window;
  const children = [...parent.children];
  arrange(parent, children, placesFilled(children, nodes));
  if (window.scrollX !== scrollX || window.scrollY !== scrollY)
    window.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' });
  let isUndone = false;
  return () => {
    if (!isUndone) restore(parent, before);
    isUndone = true;
  };
}

/**
 * Brings the child nodes of `parent` back into an earlier sequence, text and comments too. What the page has added
 * since keeps its place; what it has removed stays removed.
 */
export function restore(parent: Element, before: readonly Node[]): void {
  const known = new Set<Node>(before);
  const now = [...parent.childNodes];
  const remaining = before.filter((node) => node.parentNode === parent);
  let next = 0;
  arrange(
    parent,
    now,
    now.map((node) => (known.has(node) ? (remaining[next++] ?? node) : node)),
  );
}

/** The sequence in which the places held by `nodes` are filled with them in their given order. */
function placesFilled(children: readonly Element[], nodes: readonly Element[]): Element[] {
  const moving = new Set(nodes);
  let next = 0;
  return children.map((child) => (moving.has(child) ? (nodes[next++] ?? child) : child));
}

/**
 * Brings `current`, children of `parent`, into the order of `target`, which holds exactly them. Other children, like
 * the white space between cards, are not touched: they do not count as places, or every card would have to move.
 */
function arrange(parent: Element, current: readonly Node[], target: readonly Node[]): void {
  if (current.every((node, place) => target[place] === node)) return;
  const placeOf = new Map(target.map((node, place) => [node, place]));
  const focused = current.findIndex((node) => node.contains(document.activeElement));
  const ranks = current.map((node) => placeOf.get(node) ?? 0);
  const stay = longestIncreasing(ranks, focused);
  const fixed = new Set([...stay].map((index) => current[index]));
  for (let place = target.length - 1; place >= 0; place--) {
    const node = target[place];
    if (node === undefined || fixed.has(node)) continue;
    move(parent, node, target[place + 1] ?? null);
  }
}

/** `moveBefore` keeps iframes, animations and inner scroll alive where it exists (Chrome 133, Firefox 144). */
function move(parent: Element, node: Node, next: Node | null): void {
  const modern = parent as Element & { moveBefore?: (node: Node, next: Node | null) => void };
  if (modern.moveBefore !== undefined) modern.moveBefore(node, next);
  else parent.insertBefore(node, next);
}
