import { expect, test } from '@playwright/test';
import { mayReceive, parseHosts } from '../../src/core/hosts.ts';

const HOSTS = parseHosts('tables.example=eea sums.example:8443=us, everywhere.example=*');
const may = (address: string, region: string) => mayReceive(address, HOSTS, region, 'https://shop.example/c');

test('a shopper uses hosts of their own region, and none that is not listed', () => {
  expect(may('https://tables.example/m.json', 'eea')).toBe(true);
  expect(may('https://tables.example/m.json', 'us-ca')).toBe(false);
  expect(may('https://sums.example:8443/', 'us-ca')).toBe(true);
  expect(may('https://sums.example/', 'us-ca'), 'another port is another host').toBe(false);
  expect(may('https://sums.example:8443/', 'ust')).toBe(false);
  expect(may('https://elsewhere.example/', 'eea')).toBe(false);
  for (const region of ['eea', 'us', '']) expect(may('https://everywhere.example/', region)).toBe(true);
  expect(may('https://tables.example/', ''), 'an unknown region is nobody’s').toBe(false);
});

test('the shop’s own host need not be listed; without a list nothing changes', () => {
  expect(may('/tables/m.json', 'jp')).toBe(true);
  expect(mayReceive('https://tables.example/', undefined, 'jp', 'https://shop.example/')).toBe(true);
});

test('a list that cannot be read says what was expected', () => {
  for (const text of ['tables.example', 'tables.example=', '=eea', 'https://tables.example=eea', 'a=b=c'])
    expect(() => parseHosts(text), text).toThrow(/expected words like/);
});
