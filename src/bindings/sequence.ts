/** Whether `ids` stand in the same order as in `sequence`; those that are not in it do not count. */
export function follows(sequence: readonly string[], ids: readonly string[]): boolean {
  const places = new Map(sequence.map((id, place) => [id, place]));
  let last = -1;
  for (const id of ids) {
    const place = places.get(id) ?? last;
    if (place < last) return false;
    last = place;
  }
  return true;
}

/** `sequence` with what is new in `ids`, each behind what stands before it there. */
export function extended(sequence: readonly string[], ids: readonly string[]): string[] {
  const known = new Set(sequence);
  const behind = new Map<string | undefined, string[]>();
  let before: string | undefined;
  for (const id of ids)
    if (known.has(id)) before = id;
    else behind.set(before, [...(behind.get(before) ?? []), id]);
  return [...(behind.get(undefined) ?? []), ...sequence.flatMap((id) => [id, ...(behind.get(id) ?? [])])];
}

/** `ids` with the places of those in `moving` dealt anew, in the order of `best`; what `best` does not name comes last. */
export function dealt(
  ids: readonly string[],
  moving: ReadonlySet<string>,
  best: readonly string[],
): string[] {
  const queue = new Set([...best, ...ids].filter((id) => moving.has(id))).values();
  return ids.map((id) => (moving.has(id) ? (queue.next().value ?? id) : id));
}
