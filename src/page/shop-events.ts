import type { Clock } from '../core/ambient.ts';
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

/**
 * Listens to the events that shops already emit: GA4's, by `dataLayer.push` or `gtag`, those pushed before us too.
 * The shop's own `push` runs first and its answer is handed on; it is put back at the end, unless somebody has wrapped
 * ours in the meantime: then ours only passes on.
 */
export function hearShop(clock: Clock, observe: (seen: readonly Observation[]) => void, guard: Guard): Undo {
  const layer = (globalThis as { dataLayer?: unknown }).dataLayer;
  if (!Array.isArray(layer)) return () => {};
  let isOn = true;
  const isOwn = Object.hasOwn(layer, 'push');
  const hear = guard((pushed: unknown) => {
    const isGtag = isArgs(pushed) && pushed[0] === 'event';
    const told = fields(pushed);
    const kind = KINDS[String(isGtag ? pushed[1] : told?.event)];
    const source = fields(isGtag ? pushed[2] : told?.ecommerce); // null: GA4's reset
    if (kind === undefined || told === undefined || !isOn || heard.has(told)) return;
    heard.add(told);
    const seen = list(source?.items).flatMap((item) =>
      toNamed(fields(item), source?.currency).flatMap(({ ids, facts }): Observation[] => {
        const itemId = toItemId(ids[0]);
        const quantity = Number(fields(item)?.quantity);
        return itemId === undefined
          ? []
          : [
              {
                kind,
                at: clock(),
                itemId,
                facts,
                ...(kind === 'purchase' && quantity > 0 ? { quantity } : {}),
              },
            ];
      }),
    );
    if (seen.length > 0) observe(seen);
  });
  const push = layer.push;
  const ours = function (this: unknown, ...pushed: unknown[]) {
    const answer = push.apply(layer, pushed);
    for (const one of pushed) hear(one);
    return answer;
  };
  for (const one of layer.slice()) hear(one);
  layer.push = ours;
  return () => {
    isOn = false;
    if (layer.push !== ours) return;
    if (isOwn) layer.push = push;
    else Reflect.deleteProperty(layer, 'push');
  };
}
