/**
 * Kinds of goods that tell of what the law protects most (GDPR Art. 9) or what shoppers ask most often to be left alone with.
 * A signal whose category or search names one is not kept, whatever else is allowed. Titles are not looked at: a dress may be
 * wine red. Pages about such goods under other names are marked `data-reshelf-private`.
 */
export const SENSITIVE: Readonly<Record<string, RegExp>> = {
  health:
    /\b(health|medic(al|ine)|pharma|drugs?|incontinence|diabet|hiv|contracepti|condoms?|diabetes|apotheke|arznei|santé)/i,
  pregnancy: /\b(pregnan|maternity|fertility|ovulation|schwanger|umstand|grossesse|embarazo)/i,
  sexuality: /\b(sex|erotic|adult toys|lgbt|fetish|erotik)/i,
  religion: /\b(religio|bibles?|quran|koran|torah|rosar(y|ies)|prayer)/i,
  politics: /\b(politic|campaign|trade union|gewerkschaft)/i,
  alcohol: /\b(alcohol|wines?|beers?|spirits|whisk(e)?y|vodka|alkohol)/i,
  gambling: /\b(gambling|casino|lotter(y|ies)|betting|poker)/i,
  weight: /\b(weight loss|slimming|diet(s|ing)? pills|abnehm)/i,
};

/** Why this must not be kept, or `undefined`. */
export function sensitivityOf(text: string): string | undefined {
  return Object.entries(SENSITIVE).find(([, words]) => words.test(text))?.[0];
}
