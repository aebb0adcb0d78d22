import type { Estimate } from './estimates.ts';

/** Names for what a merchant reads; anything else is the shop's own word. */
const NAMES: Readonly<Record<string, string>> = {
  'popular-styles': 'Popular styles',
  lift: 'Does it pay?',
  health: 'How the shop fares on devices',
  weights: 'The model learned together',
  views: 'Lists looked at',
  clicks: 'Clicks in lists',
  carts: 'Put into the cart',
  orders: 'Shoppers who ordered',
  value: 'Order value, in steps',
  replayed: 'Devices with lists enough to judge',
  drifted: 'Profile serves worse than it did',
  stoodDown: 'Reshelf stood down on a page',
  contested: 'A list contested with the page',
  failed: 'An error was caught',
};
export const nameOf = (word: string): string => NAMES[word] ?? word;

const signed = (value: number, digits: number): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : '±'}${Math.abs(value).toFixed(digits)}`;

/** A relative change: "+9.4 %". */
export const changeText = (value: number): string => `${signed(100 * value, 1)} %`;
export const changeRange = ({ low, high }: Estimate): string => `${changeText(low)} to ${changeText(high)}`;

/** A share of reports; noise can bring an estimate outside of what there can be, and is shown for what it is. */
export const shareText = (value: number): string => `${(100 * value).toFixed(1).replace('-', '−')} %`;
export const shareRange = ({ low, high }: Estimate): string => `${shareText(low)} to ${shareText(high)}`;

export const numberText = (value: number): string => value.toLocaleString('en');
export const dayText = (at: number): string => (at > 0 ? new Date(at).toISOString().slice(0, 10) : 'never');

/** What may be claimed: only what the whole interval says. */
export function verdictOf(estimate: Estimate | undefined, more: string, less: string): string {
  if (estimate === undefined) return 'Too early to say: what there is without is not clear of the noise yet.';
  if (estimate.low > 0) return more;
  if (estimate.high < 0) return less;
  return 'Not decided: the interval holds “no difference”, too.';
}
