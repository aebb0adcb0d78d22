import type { Text, TextKey } from './text/text.ts';

/** Hebrew, Arabic and their neighbours. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff]/;
const LANGUAGES = ['en', 'de', 'fr', 'es', 'ja', 'ar'];

/** Finds words, forms and figures for one language. */
export interface Speech {
  /** BCP 47. */
  readonly language: string;
  readonly isRightToLeft: boolean;
  /** @param n chooses the plural form and fills `{n}` */
  say(key: TextKey, values?: Readonly<Record<string, string | number>>): string;
  percent(share: number): string;
  day(at: number): string;
  time(at: number): string;
  list(parts: readonly string[]): string;
}

/** The supported language nearest to what the page speaks. */
export const languageOf = (tag: string | undefined): string => {
  const primary = (tag || document.documentElement.lang || 'en').toLowerCase().split('-', 1)[0] ?? 'en';
  return LANGUAGES.includes(primary) ? primary : 'en';
};

/**
 * @param texts of the language; a key that is missing is said in English
 * @param own the shop's own words, by key
 */
export function createSpeech(
  language: string,
  texts: Readonly<Record<string, Text | undefined>>,
  own: Readonly<Record<string, string>> = {},
): Speech {
  const isRightToLeft = language === 'ar';
  const format = (options: Intl.DateTimeFormatOptions) => {
    let dates: Intl.DateTimeFormat | undefined; // the first takes a phone 20 ms, and card and launcher tell no times
    return (at: number) => {
      dates ??= new Intl.DateTimeFormat(language, options);
      return dates.format(at);
    };
  };
  return {
    language,
    isRightToLeft,
    say(key, values = {}) {
      const text: Text = own[key] ?? texts[key] ?? key;
      const form =
        typeof text === 'string'
          ? text
          : (text[new Intl.PluralRules(language).select(Number(values.n))] ?? text.other);
      // FSI and PDI keep a product's name from turning the sentence around it (UAX #9), where directions can meet
      return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
        const value = values[name];
        if (value === undefined) return whole;
        if (typeof value === 'number') return value.toLocaleString(language);
        return isRightToLeft || RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
      });
    },
    percent: (share) => share.toLocaleString(language, { style: 'percent', maximumFractionDigits: 0 }),
    day: format({ dateStyle: 'long' }),
    time: format({ timeStyle: 'short' }),
    list: (parts) => new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(parts),
  };
}
