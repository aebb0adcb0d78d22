import { useState } from 'preact/hooks';
import { save } from '../save.ts';
import type { TextKey } from '../text/text.ts';
import { createAct, type ViewProps } from '../view.ts';

/** The question stands where the button was; whoever pressed that by keyboard goes on there, at the answer that does no harm. */
const focusIt = (button: HTMLButtonElement | null) => button?.focus();

/** Take it or delete it. Deleting asks once more, in place; nothing has to be typed, and saving is offered beside it. */
export function Take(props: ViewProps) {
  const { host, speech } = props;
  const { say } = speech;
  const { reshelf, settings, consent } = host;
  const act = createAct(props);
  const [asking, setAsking] = useState<'all' | 'proof' | null>(null);
  const isPortable = settings.portable === 'on';
  const isOn = consent.get().personalize.effective;

  const read = (file: File | undefined) => {
    if (file === undefined) return;
    act(async () => {
      try {
        const { signals } = await reshelf.data({
          kind: 'import',
          file: JSON.parse(await file.text()) as unknown,
        });
        return say('take.read.done', { n: signals });
      } catch {
        return say('take.read.failed'); // told in place: a wrong file is no failure of ours
      }
    })();
  };
  const removal = (scope: 'all' | 'proof') => (
    <section aria-labelledby={`take-${scope}`}>
      <h3 id={`take-${scope}`}>{say(`take.${scope}`)}</h3>
      <p>{say(`take.${scope}.body`)}</p>
      <div class="acts">
        {asking === scope ? (
          <>
            <button
              type="button"
              onClick={act(async () => {
                await reshelf.forget(scope);
                setAsking(null);
                return say(`gone.${scope}` as TextKey);
              })}
            >
              {say('sure')}
            </button>
            <button type="button" ref={focusIt} onClick={() => setAsking(null)}>
              {say('keep')}
            </button>
          </>
        ) : (
          <button type="button" onClick={() => setAsking(scope)}>
            {say(`take.${scope}`)}
          </button>
        )}
      </div>
    </section>
  );
  return (
    <>
      {isOn && (
        <section aria-labelledby="take-save">
          <h3 id="take-save">{say('take.save')}</h3>
          <p>{say('take.save.body')}</p>
          <div class="acts">
            <button
              type="button"
              onClick={act(async () => {
                save(
                  'reshelf-data.json',
                  await reshelf.data({ kind: 'export', origin: location.origin, isPortable }),
                );
                return undefined;
              })}
            >
              {say('take.save')}
            </button>
          </div>
        </section>
      )}
      {isOn && isPortable && (
        <section aria-labelledby="take-read">
          <h3 id="take-read">{say('take.read')}</h3>
          <p id="take-read-body">{say('take.read.body')}</p>
          <input
            type="file"
            accept="application/json,.json"
            aria-labelledby="take-read"
            aria-describedby="take-read-body"
            onChange={({ currentTarget }) => read(currentTarget.files?.[0])}
          />
        </section>
      )}
      {isOn && removal('all')}
      {removal('proof')}
    </>
  );
}
