import { titlesOn } from '../on-page.ts';
import type { PanelExplanation } from '../panel-host.ts';
import { parametersOf, reasonsOf } from '../reasons.ts';
import { sayReason } from '../say-reason.ts';
import type { TextKey } from '../text/text.ts';
import { useLoaded } from '../use-loaded.ts';
import type { ViewProps } from '../view.ts';

/** Explaining a card takes a re-rank per part; a page of cards is asked one after the other up to this many. */
const MOST_EXPLAINED = 24;
const MOST_REASONS = 2;

/** Why this order: the main parameters with their real share, and what moved on this page. */
export function WhyOrder({ host, speech, version }: ViewProps) {
  const { say, percent, list } = speech;
  const explained = useLoaded(async () => {
    const told = [];
    for (const { itemId, listId } of host.cards().slice(0, MOST_EXPLAINED))
      told.push({ itemId, explanation: await host.reshelf.explain(itemId, listId) });
    return told;
  }, version);
  const rise = ({ explanation }: { explanation: PanelExplanation }) => explanation.from - explanation.to;
  const moved = (explained ?? []).filter(rise).sort((a, b) => rise(b) - rise(a));
  const titles = titlesOn(host);
  return (
    <>
      {moved.length === 0 ? (
        <p>{say('why.none')}</p>
      ) : (
        <>
          <p>{say('why.lead')}</p>
          <ul>
            {parametersOf(moved.map(({ explanation }) => explanation)).map((reason) => (
              <li key={reason.feature} class="interest">
                <span>{say(`reason.${reason.feature}` as TextKey)}</span>
                <meter
                  min={0}
                  max={100}
                  value={reason.percent}
                  aria-label={percent(reason.percent / 100)}
                  part="bar"
                />
                <span>{percent(reason.percent / 100)}</span>
              </li>
            ))}
          </ul>
          <ul>
            {moved.map(({ itemId, explanation }) => {
              const { from, to } = explanation;
              const reasons = reasonsOf(explanation).slice(0, MOST_REASONS);
              const told = reasons.map((one) => `${sayReason(one, speech)} (${percent(one.percent / 100)})`);
              const title = titles.get(itemId) ?? itemId;
              return (
                <li key={itemId}>
                  <strong>{say('why.move', { title, from: from + 1, to: to + 1 })}</strong>
                  <p class="small">
                    {reasons.length === 0 ? say('why.others') : say('why.mostly', { reasons: list(told) })}
                  </p>
                </li>
              );
            })}
          </ul>
        </>
      )}
      <p class="small">{say('why.parameters')}</p>
    </>
  );
}
