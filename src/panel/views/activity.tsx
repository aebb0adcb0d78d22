import { asEpochMs } from '../../core/ids.ts';
import type { ActivityRow, ForgetSome } from '../../wire/desk-api.ts';
import { titlesOn } from '../on-page.ts';
import type { TextKey } from '../text/text.ts';
import { useLoaded } from '../use-loaded.ts';
import { createAct, sayMissing, type ViewProps } from '../view.ts';

const HOUR_MS = 3_600_000;
const MOST_SHOWN = 200;

/** Recent activity, by day; one, an hour or a day can go. */
export function Activity(props: ViewProps) {
  const { host, speech, version } = props;
  const { say, day, time } = speech;
  const act = createAct(props);
  const rows = useLoaded(() => host.reshelf.data({ kind: 'activity' }), version);
  if (!rows) return sayMissing(props, rows);
  if (rows.length === 0) return <p>{say('activity.none')}</p>;

  const titles = titlesOn(host);
  const forget = (what: Omit<ForgetSome, 'kind'>) =>
    act(async () => {
      const { removed } = await host.reshelf.data({ kind: 'forget', ...what });
      return say('forgotten', { n: removed });
    });
  const told = ({ signal }: ActivityRow): string => {
    const { itemId = '', category, colour, brand } = signal.kind === 'search' ? {} : signal;
    const facets = [brand, colour, category].filter((one) => one !== undefined).join(', ');
    const what = titles.get(itemId) ?? (facets === '' ? itemId : `${itemId} (${facets})`);
    return say(`kind.${signal.kind}` as TextKey, { what, size: 'size' in signal ? (signal.size ?? '') : '' });
  };
  const days = new Map<string, ActivityRow[]>();
  for (const row of rows.slice(0, MOST_SHOWN)) {
    const name = day(row.signal.at);
    days.set(name, [...(days.get(name) ?? []), row]);
  }
  return (
    <>
      <div class="acts">
        <button type="button" onClick={forget({ since: asEpochMs(Date.now() - HOUR_MS) })}>
          {say('activity.hour')}
        </button>
      </div>
      {[...days].map(([name, of]) => (
        <section key={name} aria-label={name}>
          <div class="row">
            <h3>{name}</h3>
            <button type="button" onClick={forget({ keys: of.map(({ key }) => key) })}>
              {say('activity.day')}
            </button>
          </div>
          <ul>
            {of.map((row) => (
              <li key={row.key} class="row">
                <span>
                  <span class="small">{time(row.signal.at)}</span> <span dir="auto">{told(row)}</span>
                </span>
                <button
                  type="button"
                  onClick={forget({ keys: [row.key] })}
                  aria-label={say('activity.delete', { what: `${told(row)}, ${time(row.signal.at)}` })}
                >
                  ✕
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
