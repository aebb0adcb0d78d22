import type { TEXTS } from './en.ts';

/** One text, or its plural forms as `Intl.PluralRules` names them; `{n}` and other names in braces are filled in. */
export type Text =
  | string
  | ({ readonly other: string } & Partial<Readonly<Record<Intl.LDMLPluralRule, string>>>);
export type TextKey = keyof typeof TEXTS;
/** A language is complete, or it does not compile. */
export type Texts = Readonly<Record<TextKey, Text>>;
