import { useRef, useState } from 'preact/hooks';
import type { Facet, InterestRef } from '../../core/adjustments.ts';
import type { Interest, InterestChange } from '../../wire/desk-api.ts';
import { candidatesOn, titlesOn } from '../on-page.ts';
import type { TextKey } from '../text/text.ts';
import { useLoaded } from '../use-loaded.ts';
import { createAct, sayMissing, type ViewProps } from '../view.ts';

const FACETS: readonly Facet[] = ['category', 'brand', 'colour', 'size'];
const MOST_SHOWN = 8;
const MOST_MOVES = 3;
type Act = InterestChange['act'];

/** What this shop has learned: in plain words, with where it came from, how sure it is, and when it goes. */
export function Learned(props: ViewProps) {
  const { host, speech, hint, version } = props;
  const { say, percent, day, list } = speech;
  const act = createAct(props);
  const [added, setAdded] = useState('');
  const asked = useRef(0); // an answer that comes after another act is not said any more
  const overview = useLoaded(() => host.reshelf.data({ kind: 'overview' }), version);
  if (!overview) return sayMissing(props, overview);

  const change = (interest: InterestRef, what: Act) =>
    act(async () => {
      asked.current += 1;
      hint('');
      const { removed } = await host.reshelf.data({ kind: 'interest', interest, act: what });
      return what === 'forget' ? say('forgotten', { n: removed }) : say('noted');
    });
  /** Says what the change would move on this page, before it is made. */
  const preview = (interest: InterestRef, what: Act) => () => {
    const candidates = candidatesOn(host);
    if (candidates.length < 2) return;
    const titles = titlesOn(host);
    asked.current += 1;
    const mine = asked.current;
    host.reshelf
      .data({ kind: 'preview', candidates, change: { kind: 'interest', interest, act: what } })
      .then((moves) => {
        if (mine !== asked.current) return;
        const farthest = [...moves].sort((a, b) => Math.abs(b.from - b.to) - Math.abs(a.from - a.to));
        const told = farthest
          .slice(0, MOST_MOVES)
          .map(({ id, from, to }) =>
            say('preview.move', { title: titles.get(id) ?? id, from: from + 1, to: to + 1 }),
          );
        hint(
          moves.length === 0
            ? say('preview.none')
            : say('preview.moves', { n: moves.length, moves: list(told) }),
        );
      }, host.report);
  };
  const button = (interest: InterestRef, what: Act, key: TextKey) => (
    <button
      type="button"
      key={what}
      onClick={change(interest, what)}
      onFocus={preview(interest, what)}
      onMouseEnter={preview(interest, what)}
      aria-label={say('of.interest', { act: say(key), value: interest.value })}
    >
      {say(key)}
    </button>
  );
  const sourcesOf = ({ sources }: Interest) =>
    list(Object.entries(sources).map(([kind, n]) => say(`source.${kind}` as TextKey, { n })));
  const { interests, wishes } = overview;
  const said = [
    ['said.favourites', 'category', 'unfavourite', 'remove', wishes.favourites],
    ['said.sizes', 'size', 'unfavourite', 'remove', wishes.sizes],
    ['said.muted', 'category', 'unmute', 'unmute', wishes.muted],
  ] as const;

  return (
    <>
      <p>{say('learned.lead')}</p>
      {interests.length === 0 && <p>{say('learned.none')}</p>}
      {FACETS.map((facet) => {
        const shown = interests.filter((interest) => interest.facet === facet).slice(0, MOST_SHOWN);
        if (shown.length === 0) return null;
        return (
          <section key={facet} aria-labelledby={`facet-${facet}`}>
            <h3 id={`facet-${facet}`}>{say(`facet.${facet}`)}</h3>
            <ul>
              {shown.map((interest) => (
                <li key={interest.value}>
                  <div class="interest">
                    <strong dir="auto">{interest.value}</strong>
                    <meter min={0} max={1} value={interest.share} aria-label={interest.value} part="bar" />
                    <span>
                      {say('interest.share', {
                        share: percent(interest.share),
                        confidence: say(`confidence.${interest.confidence}`),
                      })}
                    </span>
                  </div>
                  <p class="small">
                    {say('interest.from', {
                      sources: sourcesOf(interest),
                      last: day(interest.lastAt),
                      expires: day(interest.expiresAt),
                    })}
                    {interest.factor !== 1 && ` · ${say('interest.factor', { n: interest.factor })}`}
                  </p>
                  <div class="acts">
                    {button(interest, 'more', 'more')}
                    {button(interest, 'less', 'less')}
                    {facet !== 'size' && facet !== 'colour' && button(interest, 'mute', 'mute')}
                    {button(interest, 'forget', 'forget')}
                  </div>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      <section aria-labelledby="said">
        <h3 id="said">{say('learned.said')}</h3>
        {said.map(([title, facet, what, key, values]) =>
          values.length === 0 ? null : (
            <div key={title}>
              <h4>{say(title)}</h4>
              <ul class="chips">
                {values.map((value) => (
                  <li key={value}>
                    <span dir="auto">{value}</span> {button({ facet, value }, what, key)}
                  </li>
                ))}
              </ul>
            </div>
          ),
        )}
        <label for="add">{say('add.label')}</label>
        <div class="acts">
          <input
            id="add"
            value={added}
            maxLength={60}
            autocomplete="off"
            onInput={({ currentTarget }) => setAdded(currentTarget.value)}
          />
          {(['category', 'size'] as const).map((facet) => (
            <button
              type="button"
              key={facet}
              disabled={added.trim() === ''}
              onFocus={preview({ facet, value: added }, 'favourite')}
              onClick={() => {
                change({ facet, value: added }, 'favourite')();
                setAdded('');
              }}
            >
              {say(facet === 'size' ? 'add.size' : 'add.favourite')}
            </button>
          ))}
        </div>
      </section>
    </>
  );
}
