/** How a region's law wants to be asked. No preset turns anything on: that takes an answer, everywhere. */
export interface RegionPreset {
  /** `card`: asks by itself. `notice`: the launcher is there, and the shopper turns it on where they want to. */
  readonly prompt: 'card' | 'notice';
}

/**
 * @param region "eea", "uk", "ch", "br", "us", "us-ca", "ca-qc" …; anything else counts as unknown, which is the strictest
 * @param signal under Global Privacy Control nobody is asked: the answer was given by the browser, and the launcher shows that it was
 *   honoured (CCPA regulations, § 7025(c)(6))
 */
export function presetOf(region: string, signal: boolean): RegionPreset {
  return { prompt: signal || /^us(-|$)/.test(region) ? 'notice' : 'card' };
}
