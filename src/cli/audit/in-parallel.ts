/**
 * Begins the jobs in their order, with at most `limit` of them under way.
 * @returns what they give, in their order. @throws what the first job to fail throws
 */
export async function inParallel<Result>(
  jobs: readonly (() => Promise<Result>)[],
  limit: number,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...jobs.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [place, job] = next;
      results[place] = await job();
    }
  };
  await Promise.all(Array.from({ length: limit }, work));
  return results;
}
