/**
 * Calls back when the page goes, into the back-forward cache or for good, after everybody else has heard it: what they
 * send with their last breath has been sent by then. Chromium freezes a page for the cache after one more event.
 */
export function onLeaving(leave: () => void, signal: AbortSignal): void {
  const last = () => window.addEventListener('pagehide', leave, { once: true }); // now the last in its row
  window.addEventListener('pagehide', last, { capture: true, signal });
  document.addEventListener('freeze', leave, { signal });
}
