import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { BEFORE_PANEL_BYTES, consentCoreBytes, gzipBytes } from '../../src/bundle/minify.ts';
import { createSpeech, languageOf } from '../../src/panel/speech.ts';
import { TEXTS as ar } from '../../src/panel/text/ar.ts';
import { TEXTS as de } from '../../src/panel/text/de.ts';
import { TEXTS as en } from '../../src/panel/text/en.ts';
import { TEXTS as es } from '../../src/panel/text/es.ts';
import { TEXTS as fr } from '../../src/panel/text/fr.ts';
import { TEXTS as ja } from '../../src/panel/text/ja.ts';
import { SHARED_TEXTS } from '../../src/panel/text/shared.ts';
import type { Text, TextKey, Texts } from '../../src/panel/text/text.ts';

const LANGUAGES: Readonly<Record<string, Texts>> = { ar, de, es, fr, ja };
const KEYS = Object.keys(en) as TextKey[];
const formsOf = (text: Text): string[] => (typeof text === 'string' ? [text] : Object.values(text));
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

for (const [language, texts] of Object.entries(LANGUAGES)) {
  test(`${language} has every key, no other, and no text left empty or in English`, () => {
    expect(Object.keys(texts).sort()).toEqual([...KEYS].sort());
    const same = KEYS.filter((key) => JSON.stringify(texts[key]) === JSON.stringify(en[key]));
    expect(
      same.filter(
        (key) => !/^(preview|why)\.move$|^proof\.row$|^of\.interest$|^pause$|^answer\.refused$/.test(key),
      ),
    ).toEqual([]);
    for (const key of KEYS) for (const form of formsOf(texts[key])) expect(form.trim(), key).not.toBe('');
  });
  test(`${language} fills in what English fills in`, () => {
    for (const key of KEYS) {
      const wanted = placeholders(formsOf(en[key]).at(-1) ?? '');
      const forms = formsOf(texts[key]);
      expect(placeholders(forms.at(-1) ?? ''), key).toEqual(wanted);
      for (const form of forms) for (const name of placeholders(form)) expect(wanted, key).toContain(name);
    }
  });
  test(`${language} has a form for every number`, () => {
    const { say } = createSpeech(language, texts);
    for (let n = 0; n < 120; n++) expect(say('why.up', { n }), String(n)).not.toMatch(/undefined|\{/);
  });
}

test('the section Shared has every text in every language, and fills in the same', () => {
  const { en: english, ...others } = SHARED_TEXTS;
  expect(Object.keys(others).sort()).toEqual(['ar', 'de', 'es', 'fr', 'ja']);
  for (const [language, texts] of Object.entries(others)) {
    expect(Object.keys(texts), language).toEqual(Object.keys(english));
    for (const [key, text] of Object.entries(texts)) {
      const original = english[key as keyof typeof english];
      expect(placeholders(text), `${language} ${key}`).toEqual(placeholders(original));
      expect(text, `${language} ${key}`).not.toBe(original);
    }
  }
});

test('the built file of a language is its texts in the order of the keys', async () => {
  const keys = (await import(`${process.cwd()}/dist/reshelf.text.keys.js`)).KEYS as string[];
  expect(keys).toEqual(KEYS);
  for (const [language, texts] of Object.entries({ en, ...LANGUAGES })) {
    const built = (await import(`${process.cwd()}/dist/reshelf.text.${language}.js`)).TEXTS as Text[];
    expect(Object.fromEntries(keys.map((key, i) => [key, built[i]]))).toEqual(texts);
  }
});

test('numbers, forms and names are said as the language says them', () => {
  const german = createSpeech('de', de);
  expect(german.say('why.up', { n: 1 })).toBe('1 Platz nach vorn gerückt');
  expect(german.say('why.up', { n: 1234 })).toBe('1.234 Plätze nach vorn gerückt');
  expect(german.percent(0.62)).toBe('62\u00a0%');
  const arabic = createSpeech('ar', ar);
  expect(arabic.isRightToLeft).toBe(true);
  expect(arabic.say('why.up', { n: 2 })).toBe('تقدّم مكانين');
  expect(arabic.say('activity.delete', { what: 'Blue dress' })).toContain('\u2068Blue dress\u2069');
  expect(createSpeech('en', en).say('activity.delete', { what: 'فستان' })).toContain('\u2068فستان\u2069');
  expect(createSpeech('en', {}, { allow: 'Yes, please' }).say('allow')).toBe('Yes, please');
  expect(['de-AT', 'FR', 'ja', 'xx', 'ar-EG'].map((tag) => languageOf(tag))).toEqual([
    'de',
    'fr',
    'ja',
    'en',
    'ar',
  ]);
});

test('the consent core, what a page loads before the panel, and the panel in every language keep to their bytes', async () => {
  const size = (name: string) => gzipBytes(readFileSync(`dist/${name}`));
  expect(size('consent.js')).toBeLessThanOrEqual(4_000);
  const core = await consentCoreBytes();
  expect(core).toBeGreaterThan(2_000); // it was really bundled
  expect(core + size('reshelf.ask.js')).toBeLessThanOrEqual(BEFORE_PANEL_BYTES);
  const opened = ['en', ...Object.keys(LANGUAGES)].map((language) =>
    ['panel', 'text.keys', `text.${language}`].reduce((sum, name) => sum + size(`reshelf.${name}.js`), 0),
  );
  expect(Math.max(...opened)).toBeLessThanOrEqual(16_000);
});
