import type { InterestChange } from '../wire/desk-api.ts';
import type { PanelHost } from './panel-host.ts';
import { reasonsOf } from './reasons.ts';
import { sayReason } from './say-reason.ts';
import type { FillWhy } from './why-badges.ts';

const MAX_REASONS = 3;

/** Fills the popover of one card with why it stands where it stands, and what can be done about it. */
export const fillWhy: FillWhy = async (
  popover,
  { reshelf, report },
  speech,
  itemId,
  listId,
  openPanel,
  { append, appendButton },
) => {
  const { say, list } = speech;
  const explanation = await reshelf.explain(itemId, listId);
  const { from, to } = explanation;
  const reasons = reasonsOf(explanation);
  const moved = to < from ? 'why.up' : to > from ? 'why.down' : 'why.same';
  append(popover, 'h2', say(moved, { n: Math.abs(from - to) })).id = 'moved';
  if (from !== to) {
    const named = reasons.slice(0, MAX_REASONS);
    const told = named.map(
      (reason) => `${sayReason(reason, speech)} (${speech.percent(reason.percent / 100)})`,
    );
    append(
      popover,
      'p',
      reasons.length === 0 ? say('why.others') : say('why.mostly', { reasons: list(told) }),
    );
  }
  const acts = append(popover, 'div');
  acts.className = 'acts';
  const change = interestIn(reshelf, itemId, listId);
  const status = append(popover, 'p');
  status.setAttribute('role', 'status');
  if (change !== undefined)
    for (const [key, act] of [
      ['why.less', 'less'],
      ['why.hide', 'mute'],
    ] as const)
      appendButton(acts, say(key), () => {
        reshelf.data({ ...change, act }).then(() => {
          status.textContent = say('why.done');
        }, report);
      });
  const close = () => {
    popover.hidePopover();
    (popover.previousElementSibling as HTMLElement).focus(); // its button: browsers do that for Escape alone
  };
  appendButton(acts, say('why.panel'), () => {
    close();
    openPanel();
  });
  appendButton(acts, say('close'), close);
};

/** What "less like this" is about: the item's kind, else its brand. */
function interestIn(
  reshelf: PanelHost['reshelf'],
  itemId: string,
  listId: string,
): Omit<InterestChange, 'act'> | undefined {
  const item = reshelf
    .lists()
    .find((list) => list.listId === listId)
    ?.items.find(({ id }) => id === itemId);
  const { category = null, brand = null } = item ?? {};
  if (category !== null) return { kind: 'interest', interest: { facet: 'category', value: category } };
  return brand === null ? undefined : { kind: 'interest', interest: { facet: 'brand', value: brand } };
}
