/** The fields of outside input, each checked as it is read; the first that is not as expected ends the reading. */
export interface Fields {
  text(name: string, pattern: RegExp): string;
  whole(name: string, least: number, most: number): number;
  number(name: string, least: number, most: number): number;
  oneOf<Word extends string>(name: string, words: readonly Word[]): Word;
  /** An absolute http(s) address without credentials, query or fragment, ending in a slash. */
  address(name: string): string;
  texts(name: string, pattern: RegExp, most: number): string[];
  numbers(name: string, least: number, most: number, count: number): number[];
  fields(name: string): Fields;
  list(name: string, most: number): Fields[];
  has(name: string): boolean;
}

/** @param at what it is called in messages @throws TypeError on anything but an object, and from its methods */
export function readFields(value: unknown, at: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${at}: expected an object, got ${show(value)}`);
  const fields = value as Readonly<Record<string, unknown>>; // an object's fields, each still unknown
  const fail = (name: string, expected: string, got: unknown): never => {
    throw new TypeError(`${at}.${name}: expected ${expected}, got ${show(got)}`);
  };
  const own = (name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);
  const array = (name: string, most: number): readonly unknown[] => {
    const found = own(name);
    return Array.isArray(found) && found.length <= most
      ? found
      : fail(name, `a list of at most ${most}`, found);
  };
  const isText = (found: unknown, pattern: RegExp): found is string =>
    typeof found === 'string' && pattern.test(found);
  const isNumber = (found: unknown, least: number, most: number): found is number =>
    typeof found === 'number' && found >= least && found <= most;
  return {
    has: (name) => own(name) !== undefined,
    text(name, pattern) {
      const found = own(name);
      return isText(found, pattern) ? found : fail(name, `a text like ${pattern.source}`, found);
    },
    whole(name, least, most) {
      const found = own(name);
      return isNumber(found, least, most) && Number.isInteger(found)
        ? found
        : fail(name, `a whole number from ${least} to ${most}`, found);
    },
    number(name, least, most) {
      const found = own(name);
      return isNumber(found, least, most) ? found : fail(name, `a number from ${least} to ${most}`, found);
    },
    oneOf(name, words) {
      const found = own(name);
      return words.find((word) => word === found) ?? fail(name, `one of ${words.join(', ')}`, found);
    },
    address(name) {
      const found = own(name);
      const url = typeof found === 'string' && URL.canParse(found) ? new URL(found) : undefined;
      const isPlain =
        url !== undefined &&
        /^https?:$/.test(url.protocol) &&
        url.username + url.password + url.search + url.hash === '' &&
        url.pathname.endsWith('/');
      return isPlain ? url.href : fail(name, 'an address like https://example.com/path/', found);
    },
    texts: (name, pattern, most) =>
      array(name, most).map((found, i) =>
        isText(found, pattern) ? found : fail(`${name}[${i}]`, `a text like ${pattern.source}`, found),
      ),
    numbers: (name, least, most, count) => {
      const found = array(name, count);
      if (found.length !== count) fail(name, `${count} numbers`, found);
      return found.map((one, i) =>
        isNumber(one, least, most) ? one : fail(`${name}[${i}]`, `a number from ${least} to ${most}`, one),
      );
    },
    fields: (name) => readFields(own(name), `${at}.${name}`),
    list: (name, most) => array(name, most).map((found, i) => readFields(found, `${at}.${name}[${i}]`)),
  };
}

/** A value for a message: short, on one line. */
const show = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 60);
