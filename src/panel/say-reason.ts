import type { Reason } from './reasons.ts';
import type { Speech } from './speech.ts';
import type { TextKey } from './text/text.ts';

/** A reason in the shopper's language: the ranker's own sentence in English, its kind in others. */
export function sayReason({ feature, label }: Reason, { say, language }: Speech): string {
  return language === 'en' ? label : say(`reason.${feature}` as TextKey);
}
