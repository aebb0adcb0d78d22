/** The products of these events, each once, in the order of their first event; searches have none. */
export function distinctItems(events: readonly { readonly item: number }[]): number[] {
  const items = new Set<number>();
  for (const { item } of events) if (item >= 0) items.add(item);
  return [...items];
}
