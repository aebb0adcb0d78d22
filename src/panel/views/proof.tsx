import { useState } from 'preact/hooks';
import { canonicalJson } from '../../core/canonical.ts';
import type { findBreak } from '../../core/chain.ts';
import type { toConsentLog } from '../../core/consent-log.ts';
import { type Answer, type ConsentReceipt, PURPOSES } from '../../core/receipt.ts';
import { save } from '../save.ts';
import type { TextKey } from '../text/text.ts';
import { useLoaded } from '../use-loaded.ts';
import { createAct, type ViewProps } from '../view.ts';

/** What the file of the proof offers. */
interface ProofFile {
  readonly findBreak: typeof findBreak;
  readonly toConsentLog: typeof toConsentLog;
}

/** Choices and proof: every receipt still held, what changed between notices, and the log of acts on the data. */
export function Proof(props: ViewProps) {
  const { host, speech, version } = props;
  const { say, day, time, list } = speech;
  const act = createAct(props);
  const proofFile = async () => (await host.load('proof')) as ProofFile;
  const [verdict, setVerdict] = useState('');
  const log = useLoaded(() => host.reshelf.data({ kind: 'log' }), version);
  const { receipts: held, terms } = host.choice();
  const ids = new Set(held.map(({ id }) => id));
  const older = (log?.receipts ?? []).filter(({ id }) => !ids.has(id)).reverse();
  const receipts = [...held, ...older]; // newest first
  const entries = log?.entries ?? [];
  const answerOf = ({ answers }: ConsentReceipt) =>
    list(
      PURPOSES.filter((purpose) => answers[purpose] !== undefined).map(
        (purpose) => `${say(`purpose.${purpose}`)}: ${say(`answer.${answers[purpose] as Answer}`)}`,
      ),
    );
  const changesFrom = (now: ConsentReceipt, before: ConsentReceipt | undefined): string[] => {
    if (before === undefined) return [];
    const changes: string[] = [];
    if (now.notice.textHash !== before.notice.textHash) changes.push(say('proof.notice', noticeOf(now)));
    const termsOf = ({ basis }: ConsentReceipt) =>
      canonicalJson(PURPOSES.map((purpose) => basis[purpose]?.terms));
    if (termsOf(now) !== termsOf(before)) changes.push(say('proof.terms'));
    return changes;
  };
  const noticeOf = ({ notice, hash }: ConsentReceipt) => ({
    id: notice.id,
    language: notice.language,
    hash: hash.slice(0, 8),
  });
  return (
    <>
      {receipts.length === 0 && <p>{say('proof.none')}</p>}
      <ol>
        {receipts.map((receipt, i) => {
          const changes = changesFrom(receipt, receipts[i + 1]);
          return (
            <li key={receipt.id}>
              {say('proof.row', { when: `${day(receipt.at)}, ${time(receipt.at)}`, what: answerOf(receipt) })}
              <p class="small">{say('proof.notice', noticeOf(receipt))}</p>
              {changes.length > 0 && <p class="small">{say('proof.changed', { what: list(changes) })}</p>}
            </li>
          );
        })}
      </ol>
      <div class="acts">
        <button
          type="button"
          onClick={act(async () => {
            const { findBreak } = await proofFile();
            const broken = await findBreak(receipts, entries);
            const told = broken === null ? say('proof.ok') : say('proof.broken', { where: broken });
            setVerdict(told);
            return told;
          })}
        >
          {say('proof.check')}
        </button>
        <button
          type="button"
          onClick={act(async () => {
            const { toConsentLog } = await proofFile();
            const { controller = { name: location.host } } = host.settings;
            const { origin } = location;
            save('receipt.json', toConsentLog({ receipts, entries, terms, controller, origin }));
            return undefined;
          })}
        >
          {say('proof.save')}
        </button>
      </div>
      {verdict !== '' && <p>{verdict}</p>}
      {entries.length > 0 && (
        <section aria-labelledby="log">
          <h3 id="log">{say('proof.log')}</h3>
          <ul>
            {[...entries].reverse().map((entry) => (
              <li key={entry.hash}>
                {say('proof.row', {
                  when: `${day(entry.at)}, ${time(entry.at)}`,
                  what: say(`answer.${entry.action}` as TextKey),
                })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
