/**
 * Calls back when the page's address changes without a load: by the Navigation API, else by the history's methods,
 * which are given back at the end. A change of the fragment alone is none.
 * @param signal ends it
 */
export function onNavigate(arrived: () => void, signal: AbortSignal): void {
  let known = location.pathname + location.search;
  const check = () => {
    const now = location.pathname + location.search;
    if (now === known || signal.aborted) return;
    known = now;
    arrived();
  };
  const { navigation } = window as { navigation?: EventTarget };
  if (navigation !== undefined) {
    navigation.addEventListener('currententrychange', check, { signal });
    return;
  }
  window.addEventListener('popstate', check, { signal });
  for (const name of ['pushState', 'replaceState'] as const) {
    const own = history[name];
    const wrapped: typeof own = function (this: History, ...args) {
      own.apply(this, args);
      check();
    };
    history[name] = wrapped;
    signal.addEventListener('abort', () => {
      if (history[name] === wrapped) history[name] = own; // someone may have wrapped it since
    });
  }
}
