import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { targetOf } from '../../src/page/arrange-list.ts';

test('no card stands further from its own place than the limit, whatever is wished for and whatever is pinned', () => {
  let hasMoved = false;
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 2, maxLength: 60 }),
      fc.integer({ min: 1, max: 12 }),
      fc.infiniteStream(fc.integer()),
      (pins, most, keys) => {
        const places = pins.map((isPinned, position) => ({
          element: { position } as unknown as HTMLElement, // only told apart, never touched
          id: `p${position}`,
          isMovable: !isPinned,
          position,
        }));
        const wished = places
          .map(({ id }) => ({ id, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ id }) => id);
        const target = targetOf(places, wished, most) ?? places.map(({ element }) => element);
        expect(new Set(target).size).toBe(places.length);
        target.forEach((element, place) => {
          const from = places.findIndex((one) => one.element === element);
          if (from !== place) hasMoved = true;
          expect(Math.abs(from - place)).toBeLessThanOrEqual(most);
          if (pins[place] === true) expect(from).toBe(place);
        });
      },
    ),
  );
  expect(hasMoved).toBe(true);
});
