/**
 * Reads a folder of real shopping data, feeds it to a profile event by event as a browser would, and stops at each
 * ranking task. Rules: ../shared/data/README.md.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Artefacts, Basket } from './artefacts.ts';
import type { Candidate } from './features.ts';
import { DEFAULT_LIMITS, emptyProfile, fold, type Profile, type ProfileLimits, type Signal, type SignalKind } from './profile.ts';
import { priceLevelOf, tokensOf } from './text.ts';

export interface Product {
  readonly id: string;
  readonly category?: string | undefined;
  readonly brand?: string | undefined;
  readonly colour?: string | undefined;
  readonly price?: number | undefined;
  readonly title?: string | undefined;
  readonly tokens: readonly number[];
}
export interface LoggedEvent {
  readonly t: number;
  readonly type: SignalKind;
  readonly id?: string;
  readonly q?: string;
  readonly sub?: string;
  readonly list?: readonly string[];
  readonly prices?: readonly number[];
}
export interface Session { readonly session: string; readonly user?: string; readonly events: readonly LoggedEvent[] }
export interface Task { readonly session: string; readonly k: number; readonly target: string; readonly list: readonly string[]; readonly prices?: readonly number[] }
export interface Folder {
  readonly name: string;
  readonly catalogue: ReadonlyMap<string, Product>;
  /** The catalogue tells pages, so its order is the shop's page order. */
  readonly hasPages: boolean;
  readonly train: readonly Session[];
}

const SALT = 0x5eed;

function readLines<T>(path: string): T[] {
  return gunzipSync(readFileSync(path)).toString('utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as T);
}

export function readFolder(path: string): Folder {
  interface Raw { id: string; category?: string; brand?: string; color?: string; price?: number; title?: string; page?: number }
  const catalogue = new Map<string, Product>();
  let hasPages = false;
  for (const raw of readLines<Raw>(`${path}/catalog.jsonl.gz`)) {
    if (raw.page !== undefined) hasPages = true;
    catalogue.set(raw.id, { id: raw.id, category: raw.category, brand: raw.brand, colour: raw.color, price: raw.price, title: raw.title,
      tokens: raw.title === undefined ? [] : tokensOf(raw.title, SALT) });
  }
  return { name: path.split('/').pop() ?? path, catalogue, hasPages, train: readLines<Session>(`${path}/train.jsonl.gz`) };
}
export const readSessions = (path: string, split: string): Session[] => readLines<Session>(`${path}/${split}.jsonl.gz`);
export const readTasks = (path: string, split: string): Task[] => readLines<Task>(`${path}/tasks-${split}.jsonl.gz`);

/** Product events of a session after immediate repeats of the same product and kind were collapsed; with their place in the raw log. */
export function productEvents(session: Session): { event: LoggedEvent; rawAt: number }[] {
  const kept: { event: LoggedEvent; rawAt: number }[] = [];
  session.events.forEach((event, rawAt) => {
    if (event.type === 'search' || event.id === undefined) return;
    const last = kept[kept.length - 1]?.event;
    if (last === undefined || last.id !== event.id || last.type !== event.type) kept.push({ event, rawAt });
  });
  return kept;
}

function toSignal(folder: Folder, event: LoggedEvent): Signal {
  const product = event.id === undefined ? undefined : folder.catalogue.get(event.id);
  const shownAt = event.list?.indexOf(event.id ?? '') ?? -1;
  const price = (shownAt >= 0 ? event.prices?.[shownAt] : undefined) ?? product?.price;
  return {
    kind: event.type, at: event.t * 1000, itemId: event.id ?? '',
    category: product?.category, brand: product?.brand, colour: product?.colour,
    priceLevel: price === undefined ? undefined : priceLevelOf(price),
    tokens: event.type === 'search' ? tokensOf(event.q ?? '', SALT) : product?.tokens,
  };
}

export function toCandidates(folder: Folder, task: Task, artefacts: Artefacts | undefined): Candidate[] {
  return task.list.map((itemId, position) => {
    const product = folder.catalogue.get(itemId);
    const price = task.prices?.[position] ?? product?.price;
    return {
      itemId, position, category: product?.category, brand: product?.brand, colour: product?.colour,
      priceLevel: price === undefined ? undefined : priceLevelOf(price), tokens: product?.tokens,
      row: artefacts?.rows.get(itemId),
      popularity: artefacts === undefined ? undefined : artefacts.popularity.get(itemId) ?? { all: 0, recent: 0 },
    };
  });
}

/** `full`: all that came before. `page`: cut at the last search, filter or sort. `one`: the last event only. */
export type ContextKind = 'full' | 'page' | 'one';

/** One task at the moment it is asked. The profile is live: read it, do not keep it. */
export interface Moment {
  readonly task: Task;
  readonly sessionAt: number;
  readonly user: string;
  readonly context: ContextKind;
  readonly profile: Profile;
  readonly now: number;
  readonly targetKind: SignalKind;
  /** The context's last product event. */
  readonly lastItemId: string;
  readonly lastKind: SignalKind | '';
  /** Events of this session before the task, and all the shopper's. */
  readonly sessionEvents: number;
  readonly allEvents: number;
  readonly isNew: boolean;
  /** Bought earlier in this session: cannot be bought again in it. */
  readonly boughtInSession: ReadonlySet<string>;
  /** A search lies between the session's start and the task. */
  readonly hasSearch: boolean;
}

export interface ReplaySettings {
  readonly contexts: readonly ContextKind[];
  readonly limits?: ProfileLimits;
  /** Signals older than this at the time of a session are forgotten, profile and all; undefined: the profile lives on. */
  readonly forgetAfterMs?: number;
  /** Newest signals kept per shopper, when forgetting. */
  readonly maxSignals?: number;
}

/** Walks `before` then `sessions`, and calls `ask` for each task and context, in order. */
export function replay(folder: Folder, before: readonly Session[], sessions: readonly Session[], tasks: readonly Task[],
  settings: ReplaySettings, ask: (moment: Moment) => void): void {
  const limits = settings.limits ?? DEFAULT_LIMITS;
  const bySession = new Map<string, Task[]>();
  for (const task of tasks) {
    const list = bySession.get(task.session);
    if (list === undefined) bySession.set(task.session, [task]); else list.push(task);
  }
  const wanted = new Set(sessions.filter((s) => bySession.has(s.session) && s.user !== undefined).map((s) => s.user));
  const profiles = new Map<string, Profile>();
  const met = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  const journals = new Map<string, Signal[]>();
  const forgets = settings.forgetAfterMs !== undefined || settings.maxSignals !== undefined;

  const run = (session: Session, sessionAt: number, asks: readonly Task[]): void => {
    const user = session.user ?? `session:${session.session}`;
    if (asks.length === 0 && !wanted.has(session.user)) return;
    const startMs = (session.events[0]?.t ?? 0) * 1000;
    let profile = profiles.get(user) ?? emptyProfile();
    let journal = journals.get(user) ?? [];
    if (forgets) {
      const oldest = startMs - (settings.forgetAfterMs ?? Infinity);
      journal = journal.filter((s) => s.at >= oldest).slice(-(settings.maxSignals ?? Infinity));
      profile = emptyProfile();
      for (const signal of journal) fold(profile, signal, limits);
    }
    const seen = met.get(user) ?? new Set<string>();
    let allEvents = counts.get(user) ?? 0;
    const kept = productEvents(session);
    const bought = new Set<string>();
    const pending: { at: number; task: Task; context: ContextKind; hasSearch: boolean }[] = [];
    for (const task of asks) {
      const target = kept[task.k];
      if (target === undefined || target.event.id !== task.target) throw new Error(`${folder.name}: task ${task.session}/${task.k} does not fit its session`);
      let cut = -1;
      for (let raw = target.rawAt - 1; raw >= 0 && cut < 0; raw--) if (session.events[raw]?.type === 'search') cut = raw;
      const pageEvents = cut < 0 ? task.k : kept.filter((e) => e.rawAt < cut).length;
      for (const context of settings.contexts)
        pending.push({ at: context === 'page' ? pageEvents : task.k, task, context, hasSearch: cut >= 0 });
    }
    const moment = (p: typeof pending[number], done: number): Moment => {
      const lastEvent = done > 0 ? kept[done - 1]?.event : undefined;
      const target = kept[p.task.k]?.event;
      let used = profile;
      const last = profile.recent[profile.recent.length - 1];
      if (p.context === 'one') {
        used = emptyProfile();
        if (lastEvent !== undefined) fold(used, toSignal(folder, lastEvent), limits);
        else if (last !== undefined) fold(used, { ...last, kind: profile.lastKind === '' ? 'view' : profile.lastKind }, limits);
      }
      return {
        task: p.task, sessionAt, user, context: p.context, profile: used,
        now: lastEvent !== undefined ? lastEvent.t * 1000 : startMs, targetKind: target?.type ?? 'view',
        lastItemId: lastEvent?.id ?? profile.lastItemId, lastKind: lastEvent?.type ?? profile.lastKind,
        sessionEvents: done, allEvents: allEvents, isNew: !seen.has(p.task.target), boughtInSession: bought, hasSearch: p.hasSearch,
      };
    };
    let rawAt = 0;
    for (let done = 0; done <= kept.length; done++) {
      for (const p of pending) if (p.at === done) ask(moment(p, done));
      const here = kept[done];
      if (here === undefined) break;
      for (; rawAt < here.rawAt; rawAt++) {
        const between = session.events[rawAt];
        if (between?.type === 'search') fold(profile, toSignal(folder, between), limits);
      }
      const signal = toSignal(folder, here.event);
      fold(profile, signal, limits);
      if (forgets) journal.push(signal);
      if (here.event.type === 'purchase') bought.add(here.event.id ?? '');
      seen.add(here.event.id ?? '');
      allEvents++;
    }
    if (session.user !== undefined) {
      profiles.set(user, profile); met.set(user, seen); counts.set(user, allEvents);
      if (forgets) journals.set(user, journal);
    }
  };
  before.forEach((session, at) => { run(session, at, []); });
  sessions.forEach((session, at) => { run(session, before.length + at, bySession.get(session.session) ?? []); });
}

/** A small seeded generator (mulberry32), for sampling only. */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const LIST_LIMIT = 100;

/**
 * Ranking tasks over `train`, built as the dev tasks are: the displayed list where the click carries one; else the whole
 * category in page order where the catalogue tells pages; else up to 100 of the category, most bought first (without the
 * session's own purchases, which would tell the answer).
 */
export function trainTasks(folder: Folder, sessions: readonly Session[], perSession: number, seed: number): Task[] {
  const random = seeded(seed);
  const byCategory = new Map<string, string[]>();
  for (const product of folder.catalogue.values()) {
    const list = byCategory.get(product.category ?? '');
    if (list === undefined) byCategory.set(product.category ?? '', [product.id]); else list.push(product.id);
  }
  const popularity = new Map<string, number>();
  for (const session of folder.train) for (const id of new Set(productEvents(session).map((e) => e.event.id ?? ''))) popularity.set(id, (popularity.get(id) ?? 0) + 1);
  const tasks: Task[] = [];
  for (const session of sessions) {
    const kept = productEvents(session);
    const own = new Set(kept.map((e) => e.event.id ?? ''));
    const places = kept.map((_, k) => k).filter((k) => k >= 1);
    const displayed = kept.some((e) => e.event.list !== undefined);
    const eligible = displayed ? places.filter((k) => kept[k]?.event.list?.includes(kept[k]?.event.id ?? '') === true) : places;
    for (let i = eligible.length - 1; i > 0; i--) { const j = Math.floor(random() * (i + 1)); [eligible[i], eligible[j]] = [eligible[j]!, eligible[i]!]; }
    for (const k of eligible.slice(0, perSession).sort((a, b) => a - b)) {
      const event = kept[k]?.event;
      if (event?.id === undefined) continue;
      const target = event.id;
      if (event.list !== undefined) {
        tasks.push({ session: session.session, k, target, list: event.list, ...(event.prices === undefined ? {} : { prices: event.prices }) });
        continue;
      }
      const all = byCategory.get(folder.catalogue.get(target)?.category ?? '') ?? [];
      if (all.length < 5) continue;
      if (folder.hasPages) { tasks.push({ session: session.session, k, target, list: all }); continue; }
      let list = all;
      if (all.length > LIST_LIMIT) {
        const pool = all.filter((id) => id !== target);
        for (let i = 0; i < LIST_LIMIT - 1; i++) { const j = i + Math.floor(random() * (pool.length - i)); [pool[i], pool[j]] = [pool[j]!, pool[i]!]; }
        list = [target, ...pool.slice(0, LIST_LIMIT - 1)];
      }
      const sold = (id: string): number => (popularity.get(id) ?? 0) - (own.has(id) ? 1 : 0);
      tasks.push({ session: session.session, k, target, list: [...list].sort((a, b) => sold(b) - sold(a) || (a < b ? -1 : 1)) });
    }
  }
  return tasks;
}

export function basketsOf(sessions: readonly Session[]): Basket[] {
  return sessions.map((session, at) => ({
    items: productEvents(session).map((e) => e.event.id ?? ''), customer: session.user ?? `session:${session.session}`,
    age01: (at + 1) / sessions.length,
  }));
}
