const PAUSES_MS = [2_000, 10_000, 60_000];

/**
 * Loads what nothing works without, and tries again after a while, or as soon as the device is online. The first failure is told.
 * @param load gets the number of tries before this one
 */
export async function loadAgain<Value>(
  load: (attempt: number) => Promise<Value>,
  report: (error: unknown) => void,
): Promise<Value> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await load(attempt);
    } catch (error) {
      const pauseMs = PAUSES_MS[attempt];
      if (pauseMs === undefined) throw error;
      report(error);
      await new Promise((again) => {
        setTimeout(again, pauseMs);
        window.addEventListener('online', again, { once: true });
      });
    }
  }
}
