import { applyAdjustments, FACETS } from '../../core/adjustments.ts';
import type { AuditEntry } from '../../core/audit.ts';
import { ReshelfError, unreachable } from '../../core/errors.ts';
import type { EpochMs } from '../../core/ids.ts';
import type { Candidate } from '../../core/item.ts';
import { toCategory, toLabel } from '../../core/label.ts';
import { atOnce } from '../../core/steps.ts';
import type { RankContext } from '../../rank/ranker.ts';
import { readGranted, type Writing, writeGranted } from '../../store/granted.ts';
import { append, readProfile, refold } from '../../store/journal.ts';
import { currentPseudonyms } from '../../store/pseudonyms.ts';
import type {
  ActivityRow,
  DataFile,
  DeskReplies,
  DeskRequest,
  InterestChange,
  PreviewMove,
} from '../../wire/desk-api.ts';
import type { DeskParts } from '../desk-parts.ts';
import { forgetInterest, forgetSome, readSaid, relearn, saidAfter, writeSaid } from './change.ts';
import { sealLog } from './log.ts';
import { expiryOf, overviewOf, speaksFor } from './overview.ts';
import { parseImport, toPortable } from './portable.ts';

const random = (into: Uint32Array<ArrayBuffer>) => void crypto.getRandomValues(into);

/** Answers one request of the privacy panel. Every answer is given under a live grant, and every act is in the log. */
export async function answer(
  { connection, capDays, contextFor }: DeskParts,
  given: DeskRequest,
  now: EpochMs,
): Promise<DeskReplies[DeskRequest['kind']]> {
  const request = normalized(given);
  const write = async <Value>(
    action: AuditEntry['action'],
    work: (tx: Writing) => Promise<readonly [Value, Readonly<Record<string, number>>]>,
  ): Promise<Value> => {
    const value = await connection.use((db) =>
      writeGranted(db, async (tx) => {
        const [value, counts] = await work(tx);
        await tx.objectStore('audit').add({ at: now, action, counts });
        return value;
      }),
    );
    await connection.use(sealLog);
    return value;
  };

  switch (request.kind) {
    case 'overview':
      return connection.use((db) =>
        readGranted(db, async (tx) => {
          const said = await readSaid(tx);
          const signals = await tx.objectStore('journal').getAll();
          return overviewOf(await readProfile(tx), signals, said.wishes, said.adjustments, capDays);
        }),
      );
    case 'activity':
      return connection.use((db) =>
        readGranted(db, async (tx) => {
          const journal = tx.objectStore('journal');
          const keys = await journal.getAllKeys();
          const signals = await journal.getAll();
          return signals
            .map(
              (signal, i): ActivityRow => ({
                key: keys[i] ?? 0,
                signal,
                expiresAt: expiryOf(signal, capDays),
              }),
            )
            .reverse();
        }),
      );
    case 'log':
      return connection.use(sealLog);
    case 'interest':
      return write(request.act === 'forget' ? 'deleted' : 'edited', async (tx) => {
        await writeSaid(tx, saidAfter(await readSaid(tx), request));
        const removed = request.act === 'forget' ? await forgetInterest(tx, request.interest) : 0;
        return [{ removed }, { journal: removed, wishes: 1 }];
      });
    case 'forget':
      return write('deleted', async (tx) => {
        const removed = await forgetSome(tx, request);
        return [{ removed }, { journal: removed }];
      });
    case 'preview': {
      const before = await contextFor(request.candidates, now);
      const after = await contextAfter(request.change, request.candidates);
      const order = (context: RankContext) =>
        bestFirst(request.candidates, atOnce(before.ranker.score(context, request.candidates)));
      return movesBetween(order(before), order(after));
    }
    case 'export':
      return write('exported', async (tx) => {
        const { wishes, adjustments } = await readSaid(tx);
        const signals = (await tx.objectStore('journal').getAll()).flatMap(
          (signal) => toPortable(signal) ?? [],
        );
        const { origin, isPortable } = request;
        const file: DataFile = {
          schema: 'reshelf-data/1',
          origin,
          isPortable,
          exportedAt: now,
          wishes,
          adjustments,
          signals,
        };
        return [file, { journal: signals.length }];
      });
    case 'import': {
      const { signals, wishes, adjustments } = parseImport(request.file, now);
      return write('imported', async (tx) => {
        const said = await readSaid(tx);
        const { session } = await currentPseudonyms(tx, now, random);
        await append(
          tx,
          await readProfile(tx),
          signals.map((signal) => ({ ...signal, session })),
        );
        await relearn(tx); // in time order
        await writeSaid(tx, {
          wishes: {
            sizes: [...new Set([...said.wishes.sizes, ...wishes.sizes])],
            favourites: [...new Set([...said.wishes.favourites, ...wishes.favourites])],
            muted: [...new Set([...said.wishes.muted, ...wishes.muted])],
          },
          adjustments: { ...adjustments, ...said.adjustments },
        });
        const count = wishes.sizes.length + wishes.favourites.length + wishes.muted.length;
        return [
          { signals: signals.length, wishes: count },
          { journal: signals.length, wishes: count },
        ];
      });
    }
    default:
      return unreachable(request);
  }

  /** The ranker's context as it would be after the change; nothing is written. */
  async function contextAfter(
    change: InterestChange,
    candidates: readonly Candidate[],
  ): Promise<RankContext> {
    const context = await contextFor(candidates, now);
    return connection.use((db) =>
      readGranted(db, async (tx) => {
        const said = saidAfter(await readSaid(tx), change);
        const profile =
          change.act === 'forget'
            ? await refold(tx, (signal) => !speaksFor(signal, change.interest))
            : await readProfile(tx);
        applyAdjustments(profile, said.adjustments);
        return { ...context, profile, wishes: said.wishes };
      }),
    );
  }
}

/** An interest in the words of the store, whatever spelling of the shop's it came in. */
function normalized(request: DeskRequest): DeskRequest {
  if (request.kind === 'preview') return { ...request, change: normalized(request.change) as InterestChange };
  if (request.kind !== 'interest') return request;
  const { facet, value } = request.interest;
  const known = facet === 'category' ? toCategory(value) : toLabel(value);
  if (!Object.hasOwn(FACETS, facet) || known === undefined)
    throw new ReshelfError(
      'wishes/bad-input',
      'expected an interest like { facet: "category", value: "dresses" }',
    );
  return { ...request, interest: { facet, value: known } };
}

function bestFirst(candidates: readonly Candidate[], scores: Float64Array | readonly number[]): string[] {
  return candidates
    .map(({ id, position }, i) => ({ id, position, score: scores[i] ?? 0 }))
    .sort((a, b) => b.score - a.score || a.position - b.position)
    .map(({ id }) => id);
}

function movesBetween(before: readonly string[], after: readonly string[]): PreviewMove[] {
  return after.flatMap((id, to) => {
    const from = before.indexOf(id);
    return from === to ? [] : [{ id, from, to }];
  });
}
