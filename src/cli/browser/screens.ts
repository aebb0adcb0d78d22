/** What the shop is looked at with. */
export const SCREENS = {
  desktop: { viewport: { width: 1350, height: 940 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
} as const;
export type Screen = keyof typeof SCREENS;
