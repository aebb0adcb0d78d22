/**
 * Work on many values, begun in their order, with at most `lanes` of them under way.
 * @throws what the first work to fail throws
 */
export async function inParallel<Value>(
  values: readonly Value[],
  lanes: number,
  work: (value: Value, at: number) => Promise<unknown>,
): Promise<void> {
  const waiting = values.entries(); // shared: each lane takes the next one
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const [at, value] of waiting) await work(value, at);
    }),
  );
}
