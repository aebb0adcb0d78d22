import { PURPOSES, type Purpose } from '../../core/receipt.ts';
import type { TextKey } from '../text/text.ts';
import { createAct, type ViewProps } from '../view.ts';

/** Names the wording of the switches in the receipt; a change of meaning gets a new name. */
const NOTICE_ID = 'reshelf-panel/1';

/** Now: a switch per purpose, with what it means and what it stands at; pause; the shop's own order. */
export function Now(props: ViewProps) {
  const { host, speech, tell } = props;
  const { consent, settings, reshelf, terms } = host;
  const { say, language } = speech;
  const act = createAct(props);
  const states = consent.get();
  const { state } = states.personalize;

  const turn = (purpose: Purpose, isOn: boolean) =>
    act(async () => {
      const text = [say(`purpose.${purpose}`), say(`purpose.${purpose}.body`)];
      const knowsSignal = consent.hasSignal();
      if (knowsSignal) text.push(say('signal.on'));
      const proof = {
        source: 'panel',
        noticeId: NOTICE_ID,
        language,
        variant: 'panel',
        knowsSignal,
      } as const;
      if (isOn) await consent.set({ [purpose]: true }, { ...proof, text: text.join('\n') });
      else await consent.withdraw(purpose, 'panel');
      return undefined;
    });

  return (
    <>
      <p>{say('now.lead')}</p>
      {consent.hasSignal() && (
        <p class="note" part="signal">
          {say('signal.on')}
        </p>
      )}
      {PURPOSES.map((purpose) => {
        const { state, reason, effective } = states[purpose];
        const isShut = state === 'blocked' && !(purpose === 'personalize' && reason === 'signal');
        const key = state === 'blocked' ? `blocked.${reason}` : `state.${state}`;
        const isOn = effective || state === 'paused';
        return (
          <div class="row" key={purpose}>
            <div>
              <h3 id={purpose}>{say(`purpose.${purpose}`)}</h3>
              <p id={`${purpose}-body`}>{say(`purpose.${purpose}.body`)}</p>
              <p class="state" id={`${purpose}-state`}>
                {say(key as TextKey)}
              </p>
            </div>
            <input
              type="checkbox"
              role="switch"
              part="switch"
              checked={isOn}
              aria-checked={isOn}
              disabled={isShut && !isOn}
              aria-labelledby={purpose}
              aria-describedby={`${purpose}-body ${purpose}-state`}
              onChange={({ currentTarget }) => turn(purpose, currentTarget.checked)()} // what is seen counts, also when pressed twice at once
            />
          </div>
        );
      })}
      <div class="acts">
        {state === 'granted' && (
          <button type="button" onClick={act(async () => void (await consent.pause('panel')))}>
            {say('pause')}
          </button>
        )}
        {state === 'paused' && (
          <button type="button" onClick={act(async () => void (await consent.resume('panel')))}>
            {say('resume')}
          </button>
        )}
        <button
          type="button"
          onClick={() => {
            reshelf.undo();
            tell(say('shop.order.done'));
          }}
        >
          {say('shop.order')}
        </button>
      </div>
      <p class="small">
        {say('kept.where', { n: Math.max(...Object.values(terms.retentionDays)) })}{' '}
        {settings.controller !== undefined && say('who.is', { name: settings.controller.name })}{' '}
        {settings.controller?.contact}{' '}
        {settings.noticeUrl !== undefined && <a href={settings.noticeUrl}>{say('card.notice')}</a>}
      </p>
    </>
  );
}
