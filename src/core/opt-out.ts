/**
 * Global Privacy Control (https://w3c.github.io/gpc/): `true` where the browser sends `Sec-GPC: 1`. Browsers without it
 * say `undefined`, which is no signal; some extensions set the text "1". Pages and workers both have it.
 */
export function hasSignal(): boolean {
  const signal: unknown = Reflect.get(navigator, 'globalPrivacyControl');
  return signal === true || signal === '1';
}
