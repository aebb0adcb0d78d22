import { createConsent } from '../consent/consent.ts';
import type { Clock } from '../core/ambient.ts';
import { hasCode, ReshelfError } from '../core/errors.ts';
import { mayReceive } from '../core/hosts.ts';
import { asEpochMs, asSlateId, DAY_MS } from '../core/ids.ts';
import type { Candidate } from '../core/item.ts';
import type { Observation } from '../core/observation.ts';
import { hasSignal } from '../core/opt-out.ts';
import { CHOICE_KEY, SNAPSHOT_KEY } from '../core/order-snapshot.ts';
import { type ConsentReceipt, isLive } from '../core/receipt.ts';
import { termsOf } from '../core/terms.ts';
import type { DeskReply } from '../wire/desk-api.ts';
import type { Undo } from './adopt-sheet.ts';
import { announce } from './announce.ts';
import type { Boot } from './boot.ts';
import { createDevice } from './device.ts';
import { createDiagnostics } from './diagnostics.ts';
import { createGuard } from './guard.ts';
import type { IntegrityOf } from './integrity.ts';
import { onLeaving } from './leaving.ts';
import { createFileLoader } from './load-file.ts';
import { createOwnLists, type OwnLists, onArrival } from './own-lists.ts';
import { createOwnOrder } from './own-order.ts';
import type { PageWork, PageWorkParts } from './page-work.ts';
import { parseCandidates, parseSignal } from './parse-input.ts';
import { partOf } from './parts.ts';
import { createPlatformWords } from './platform-words.ts';
import { createPrivacy } from './privacy.ts';
import type { RankAnswer, Reshelf } from './reshelf-api.ts';
import type { Settings } from './settings.ts';
import { createSharing, SHARING } from './sharing.ts';
import { nextTask } from './slices.ts';
import { dropSnapshot } from './snapshot-keeper.ts';
import { storageName } from './storage-name.ts';
import { isWorkerFailure } from './worker-client.ts';
import type { WorkerFiles } from './worker-ladder.ts';

/** Opening the worker and the first pass over the lists may each keep `ready` waiting this long, not longer. */
const READY_PATIENCE_MS = 1500;
/** A new answer is chained into the log after this pause: the list comes first. */
const SEAL_AFTER_MS = 500;

const clock: Clock = () => asEpochMs(Date.now());
const random = (into: Uint32Array<ArrayBuffer>) => void crypto.getRandomValues(into);

/** What works on the page; a file of its own, which loads with a grant. */
export interface WorkPart {
  readonly startPageWork: (parts: Omit<PageWorkParts, 'systems'>) => PageWork;
}

/** The files that load when they are needed: with a grant, or where a worker cannot start. */
export interface LazyFiles extends WorkerFiles {
  readonly loadWork: () => Promise<WorkPart>;
  /** Where the files that the shopper sees are to be checked. */
  readonly integrityOf?: IntegrityOf;
}

/**
 * Wires the page side together: consent, worker, collecting, lists. Starts at once; nothing it does later can throw.
 * @throws TypeError on a `shop` that is no path
 */
export function createPersonalizer(
  settings: Settings,
  { loadWork, integrityOf, ...workerFiles }: LazyFiles,
): Reshelf {
  const name = storageName(settings.shop); // the choice under it is the only thing that may exist without a grant
  const snapshotKey = name + SNAPSHOT_KEY;
  const diagnostics = createDiagnostics(name);
  const boot = partOf<Boot>('boot');
  const told = new Set<string>();
  /**
   * Tells a failure once per kind; the page goes on with the shop's own order. After one that nobody foresaw the shop's
   * order comes back, and this page is left alone.
   */
  const report = (error: unknown): void => {
    const known = error instanceof Error ? error : new ReshelfError('page/failed', String(error));
    const code = 'code' in known && typeof known.code === 'string' ? known.code : 'page/failed';
    if (code === 'consent/withheld' || told.has(code)) return; // a withdrawal is no failure
    told.add(code);
    if (isWorkerFailure(known)) isLost = true;
    if (code === 'page/failed') disable();
    announce('reshelf:diagnostic', { code });
    try {
      settings.onError?.(known);
    } catch {
      // the shop's own handler failed; there is nobody left to tell
    }
  };
  const guard = createGuard(report);
  const mayAsk = (address: string) =>
    mayReceive(address, settings.hosts, consent.api.region(), document.baseURI);
  const device = createDevice(settings, name, workerFiles, clock, report, mayAsk);
  const load = createFileLoader(settings, integrityOf);
  let work: PageWork | undefined;
  let ownLists: OwnLists | undefined;
  let isLeftAlone = false;
  /** The shop's own order was asked back in this view. */
  let isUndone = false;
  let isDisabled = false;
  /** The worker has gone: what stands, stands, and the rest keeps the shop's order. */
  let isLost = false;
  let isBootUndone = boot?.failed !== undefined;
  let endWork: Undo = () => {};
  let counting: AbortController | undefined;
  let forgottenAt = 0;
  let arranged: Promise<unknown> = Promise.resolve();

  const order = createOwnOrder({
    own: () => (isUndone ? undefined : ownLists),
    look: () => work?.look(),
    rank: async (candidates) =>
      (await (await device.api()).rank(candidates, clock())).order.map(({ id }) => id),
    report,
  });
  const terms = termsOf(settings);
  const platform = createPlatformWords(settings);
  const consent = createConsent({
    storageKey: name + CHOICE_KEY,
    clock,
    random,
    terms,
    turn: nextTask,
    region: () => settings.region ?? regionOfPage() ?? platform.region() ?? '',
    isOff: () => settings.child === true || document.querySelector('[data-reshelf-private]') !== null,
    signal: hasSignal,
    platform: platform.word,
    enforce,
    onOtherTab,
    announce: announceChange,
  });
  const isOn = () => !isDisabled && consent.api.get().personalize.effective;
  const sharing = createSharing({
    settings,
    databaseName: name,
    load,
    region: consent.api.region,
    mayAsk,
    clock,
    report,
  });
  const privacy = createPrivacy({
    settings,
    load,
    ledger: sharing.ledger,
    isHeard: platform.isHeard,
    terms,
    consent: consent.api,
    choice: consent.read,
    hear: (words, region) => {
      platform.hear(words, region);
      const [receipt] = consent.read().receipts;
      if (isOn() && receipt !== undefined) device.open(receipt).catch(report);
      consent.refresh();
    },
    reshelf: () => reshelf,
    cards: () => work?.cards() ?? [],
    requestCount: async () => (await device.api()).requestCount(),
    report,
  });

  /** Brings the device in line with an answer. @throws ReshelfError when deleting failed: it is tried again at the next start */
  async function enforce(receipt: ConsentReceipt): Promise<void> {
    const { personalize } = receipt.answers;
    // A browser may have lost the remembered answer and kept the database: then the first no finds it.
    const isForgotten = receipt.seq === 1 && !isLive(personalize) && (await device.hasData());
    const isPurge = consent.read().purgePending || isForgotten;
    const isNew = consent.api.isOwn();
    try {
      if (isPurge) {
        dropDerived();
        announce('reshelf:erased', { scope: 'all', removed: await device.erase(receipt) });
      }
      if (personalize === 'paused') {
        dropSnapshot(snapshotKey); // it is derived anew when the pause ends
        await device.pause(receipt);
      }
    } finally {
      if (isPurge || isNew) await sharing.obey(receipt);
    }
    if (isPurge) consent.note({ purgePending: false }); // all of it is gone, also what waited to be sent
    if (!isOn()) return;
    countTrouble();
    await Promise.all([device.open(receipt), nextTask().then(loadWork)]).catch(report);
    if (isNew) setTimeout(sealLog, SEAL_AFTER_MS);
  }
  /** Chains what was logged just now. Where the desk cannot be had, that happens when the log is next read. */
  async function sealLog(): Promise<void> {
    try {
      await (await device.api()).desk({ kind: 'log' }, clock());
    } catch {
      // the worker is gone, or the file is missing
    }
  }
  function dropDerived(): void {
    dropSnapshot(snapshotKey);
    diagnostics.wipe();
  }
  /** Counts what is told, wherever it is told, while there is a grant. */
  function countTrouble(): void {
    if (counting !== undefined) return;
    counting = new AbortController();
    const { signal } = counting;
    const count = guard(({ detail }: DocumentEventMap['reshelf:diagnostic']) => {
      if (isOn()) diagnostics.count(detail.code);
    });
    document.addEventListener('reshelf:diagnostic', count, { signal });
  }
  /** Another tab has answered or deleted: a first yes, a no and all between hold here at once. */
  function onOtherTab(hasForgotten: boolean): void {
    if (isDisabled) return;
    const [receipt] = consent.read().receipts;
    if (hasForgotten) leave();
    if (isOn() && receipt !== undefined) device.open(receipt).catch(report);
    const before = consent.refresh();
    if (before.personalize.effective && !isOn()) device.stop(); // a page without a yes may be deleting just now
  }
  function announceChange(purpose: string, from: string, to: string): void {
    announce('reshelf:consentchange', { purpose, from, to });
  }

  async function record(seen: readonly Observation[]): Promise<(number | null)[]> {
    const api = await device.api();
    const keys = await api.record(
      seen.filter(({ at }) => at >= forgottenAt), // an impression may still be waiting here
      clock(),
    );
    work?.weigh(); // the next page is ordered by what is known now
    return keys;
  }
  const observe = (seen: readonly Observation[]): void => {
    record(seen).catch(report);
  };
  /** Keeps the view now, so that a page left early is not lost, and lengthens its dwell later. */
  function observeView(seen: Observation): (dwellMs: number) => void {
    const recorded = record([seen]);
    recorded.catch(report);
    return (dwellMs) => {
      Promise.all([device.api(), recorded])
        .then(([api, [key]]) => (typeof key === 'number' ? api.dwell(key, dwellMs, clock()) : undefined))
        .then(() => work?.weigh())
        .catch(report);
    };
  }

  /** All work on the page for one grant; what it returns ends it and puts the shop's order back. */
  function personalize(): Undo {
    if (isDisabled) return () => {};
    const controller = new AbortController();
    let own: PageWork | undefined;
    arranged = loadWork().then(async ({ startPageWork }) => {
      if (controller.signal.aborted) return;
      const { api } = device;
      own = startPageWork({
        settings,
        name,
        clock,
        api,
        guard,
        report,
        observe,
        observeView,
        isLeftAlone,
        isLost: () => isLost,
      });
      work = own;
      isUndone = isLeftAlone;
      onArrival(arrived, controller.signal);
      ownLists = createOwnLists(own.own, settings.maxShift !== undefined);
      order.changed();
      await own.arranged;
    }, report);
    const daily = setInterval(observe, DAY_MS, []); // the worker enforces retention where nothing is to be recorded
    onLeaving(guard(device.rest), controller.signal);
    const end = () => {
      controller.abort();
      clearInterval(daily);
      counting?.abort();
      counting = undefined;
      own?.stop();
      if (work === own) {
        work = undefined;
        ownLists = undefined;
      }
      order.changed();
    };
    endWork = end;
    return end;
  }
  function arrived(isBack: boolean): void {
    isUndone = isLeftAlone;
    ownLists?.arrive(isBack);
  }
  function leave(): void {
    isUndone = true;
    work?.undo();
    order.changed();
  }
  function undo(): void {
    isLeftAlone = true;
    leave();
    if (work === undefined && !isBootUndone) boot?.undo();
    isBootUndone = true;
  }
  function disable(): void {
    if (isDisabled) return;
    isDisabled = true;
    for (const end of [undo, endWork, device.stop, privacy.stop])
      try {
        end();
      } catch (error) {
        report(error);
      }
  }

  const ready = (async () => {
    if (boot?.failed !== undefined) report(boot.failed);
    try {
      await consent.verify();
      const { receipts, purgePending } = consent.read();
      const hasWork = receipts[0] !== undefined && (purgePending || isOn());
      const wasOn = isOn();
      const opened = hasWork ? enforce(receipts[0] as ConsentReceipt).catch(report) : undefined;
      consent.expire().catch(report);
      await documentParsed();
      if (!isOn() && !consent.read().purgePending) device.stop(); // that this page is private may stand at its end
      await atMost(READY_PATIENCE_MS, opened);
      consent.refresh();
      if (wasOn && !isOn()) device.stop(); // the page's own no stood further down than this script
      consent.during('personalize', guardedStart(personalize, report));
      for (const purpose of SHARING) consent.during(purpose, sharing.start);
      await atMost(READY_PATIENCE_MS, arranged);
      if (!isDisabled) privacy.start();
    } catch (error) {
      report(error);
    }
    announce('reshelf:ready', {});
  })();

  const reshelf: Reshelf = {
    ready,
    consent: consent.api,
    async signal(input) {
      const seen = parseSignal(input, clock());
      await consent.settled(); // an answer that is given counts before the worker is open
      try {
        return typeof (await record([seen]))[0] === 'number';
      } catch (error) {
        if (hasCode(error, 'signal/bad-input')) throw error;
        report(error);
        return false;
      }
    },
    async rank(input) {
      const candidates = parseCandidates(input);
      try {
        return await (await device.api()).rank(candidates, clock());
      } catch (error) {
        if (hasCode(error, 'rank/bad-input')) throw error;
        report(error);
        return shopsOwnOrder(candidates);
      }
    },
    order: order.api,
    lists: () => work?.lists() ?? [],
    async explain(itemId, listId) {
      const api = await device.api();
      const found = work?.find(itemId, listId);
      if (found !== undefined) {
        const { candidate, candidates, to, listId: list } = found;
        const explained = await api.explain(candidate.id, candidates, clock());
        return { listId: list, from: candidate.position, to, ...explained };
      }
      throw new ReshelfError(
        'rank/unknown-item',
        'no list on this page shows that product in a place that can move',
      );
    },
    wishes: {
      get: async () => (await device.api()).wishes(),
      set: async (wishes) => {
        await (await device.api()).setWishes(wishes);
        work?.weigh();
      },
    },
    undo,
    disable,
    diagnostics: diagnostics.read,
    async forget(scope) {
      if (scope !== 'all' && scope !== 'proof')
        throw new TypeError(`forget: expected 'all' or 'proof', got ${String(scope)}`);
      leave();
      if (scope === 'proof') return eraseProof();
      if (!isOn()) return {};
      dropDerived();
      const removed = await device.erase(null);
      await sharing.forget();
      noteForgotten('all', removed);
      return removed;
    },
    async data(request) {
      const reply = (await (await device.api()).desk(request, clock())) as DeskReply<typeof request>;
      const isDeletion =
        request.kind === 'forget' || (request.kind === 'interest' && request.act === 'forget');
      if (isDeletion) noteForgotten('some', { journal: (reply as DeskReply<{ kind: 'forget' }>).removed });
      if (isDeletion || request.kind === 'interest') work?.weigh(); // what was forgotten is in no weight either
      return reply;
    },
    privacy,
  };
  return reshelf;

  function noteForgotten(scope: 'all' | 'some', removed: Readonly<Record<string, number>>): void {
    forgottenAt = clock();
    consent.note({ forgottenAt: clock() }); // other tabs hear it
    announce('reshelf:erased', { scope, removed });
  }
  /** Everything, and then the proof of what was agreed to. */
  async function eraseProof(): Promise<Readonly<Record<string, number>>> {
    if (consent.read().receipts.length > 0) await consent.api.withdraw();
    if (await device.hasData()) await device.eraseProof();
    consent.forgetProof();
    announce('reshelf:erased', { scope: 'proof', removed: {} });
    return {};
  }
}

const regionOfPage = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[name="reshelf-region"]')?.content.trim().toLowerCase() ||
  undefined;

function guardedStart(start: () => Undo, report: (error: unknown) => void): () => Undo {
  return () => {
    try {
      return start();
    } catch (error) {
      report(error);
      return () => {};
    }
  };
}

/** Waits for `work`, but not longer than `ms`. */
const atMost = (ms: number, work: Promise<unknown> | undefined): Promise<unknown> =>
  Promise.race([work, new Promise((done) => setTimeout(done, ms))]);

/** The answer when nothing is known or allowed. */
function shopsOwnOrder(candidates: readonly Candidate[]): RankAnswer {
  const order = [...candidates].sort((a, b) => a.position - b.position);
  return {
    slateId: asSlateId(''),
    rankerId: 'shop-order',
    order: order.map(({ id, position }) => ({ id, position, score: 0 })),
  };
}

function documentParsed(): Promise<void> {
  if (document.readyState !== 'loading') return Promise.resolve();
  return new Promise((done) => document.addEventListener('DOMContentLoaded', () => done(), { once: true }));
}
