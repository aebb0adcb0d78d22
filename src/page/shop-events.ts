import type { Clock } from '../core/ambient.ts';
import type { EpochMs } from '../core/ids.ts';
import { toItemId } from '../core/minimize.ts';
import type { Observation } from '../core/observation.ts';
import type { Undo } from './adopt-sheet.ts';
import type { Guard } from './guard.ts';
import { fields, isArgs, list, toNamed } from './page-data.ts';

/** GA4's e-commerce events as signals; what a list shows is seen by ourselves, when it is seen. */
const KINDS: Readonly<Record<string, Observation['kind']>> = {
  select_item: 'click',
  view_item: 'view',
  add_to_cart: 'cart',
  purchase: 'purchase',
};

/** What has been read, so that no entry counts twice when collecting starts anew. */
const heard = new WeakSet<object>();

/** When a tag manager may have come, and before the shop tells of what the shopper does. */
const LOOKS = ['load', 'error', 'click', 'visibilitychange'] as const;

/**
 * Listens to the events that shops already emit: GA4's, by `dataLayer.push` or `gtag`, those pushed before us too. A
 * `dataLayer` that is made or replaced later is looked for when a script has loaded or was blocked, with each click, and
 * when the page is left; what was pushed to it until then counts as of the look before, so that it meets its own click.
 */
export function hearShop(clock: Clock, observe: (seen: readonly Observation[]) => void, guard: Guard): Undo {
  const controller = new AbortController();
  let layer: unknown;
  let unhear: Undo = () => {};
  let lookedAt = clock();
  const take = guard((pushed: unknown, at: EpochMs = clock()) => {
    const seen = read(pushed, at);
    if (seen.length > 0) observe(seen);
  });
  const look = guard(() => {
    const now = (globalThis as { dataLayer?: unknown }).dataLayer;
    if (now !== layer && Array.isArray(now)) {
      unhear();
      layer = now;
      for (const one of now.slice()) take(one, lookedAt);
      unhear = hearLayer(now, take);
    }
    lookedAt = clock();
  });
  for (const name of LOOKS)
    document.addEventListener(name, look, { capture: true, signal: controller.signal }); // the load of a script does not bubble
  look();
  return () => {
    controller.abort();
    unhear();
  };
}

/**
 * Hears what is pushed. The shop's own `push` runs first and its answer is handed on; it is put back at the end, unless
 * somebody has wrapped ours in the meantime: then ours only passes on.
 */
function hearLayer(layer: unknown[], take: (pushed: unknown) => void): Undo {
  let isOn = true;
  const isOwn = Object.hasOwn(layer, 'push');
  const push = layer.push;
  const ours = function (this: unknown, ...pushed: unknown[]) {
    const answer = push.apply(layer, pushed);
    if (isOn) for (const one of pushed) take(one);
    return answer;
  };
  layer.push = ours;
  return () => {
    isOn = false;
    if (layer.push !== ours) return;
    if (isOwn) layer.push = push;
    else Reflect.deleteProperty(layer, 'push');
  };
}

/** The signals of one entry, once. */
function read(pushed: unknown, at: EpochMs): Observation[] {
  const isGtag = isArgs(pushed) && pushed[0] === 'event';
  const told = fields(pushed);
  const kind = KINDS[String(isGtag ? pushed[1] : told?.event)];
  const source = fields(isGtag ? pushed[2] : told?.ecommerce); // null: GA4's reset
  if (kind === undefined || told === undefined || heard.has(told)) return [];
  heard.add(told);
  return list(source?.items).flatMap((item) =>
    toNamed(fields(item), source?.currency).flatMap(({ ids, facts }): Observation[] => {
      const itemId = toItemId(ids[0]);
      const quantity = Number(fields(item)?.quantity);
      const bought = kind === 'purchase' && quantity > 0 ? { quantity } : {};
      return itemId === undefined ? [] : [{ kind, at, itemId, facts, ...bought }];
    }),
  );
}
