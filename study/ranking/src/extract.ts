/** Tasks to feature lists, ready for fitting and judging. */
import type { Artefacts } from './artefacts.ts';
import { FEATURES, prepare, writeFeatures } from './features.ts';
import type { ListSet } from './fit.ts';
import type { ContextKind } from './replay.ts';
import { replay, toCandidates, type Folder, type Moment, type ReplaySettings, type Session, type Task } from './replay.ts';

export interface ListNote {
  readonly session: number;
  readonly context: ContextKind;
  readonly hasHistory: boolean;
  readonly isNew: boolean;
  readonly isFresh: boolean;
  readonly isLast: boolean;
  readonly sessionEvents: number;
  readonly allEvents: number;
  readonly hasSearch: boolean;
}
export interface Extracted extends ListSet { readonly notes: readonly ListNote[]; readonly targetOf: readonly string[] }

export interface ExtractSettings extends ReplaySettings {
  /** The tables this shopper's lists may use; out of fold when training. */
  readonly artefactsFor?: (moment: Moment) => Artefacts | undefined;
  readonly keep?: (moment: Moment) => boolean;
  readonly weightOf?: (moment: Moment) => number;
}

export function extract(folder: Folder, before: readonly Session[], sessions: readonly Session[], tasks: readonly Task[], settings: ExtractSettings): Extracted {
  const width = FEATURES.length;
  let room = 1 << 14;
  let rows = new Float32Array(room * width);
  let masked = new Uint8Array(room);
  const growTo = (need: number): void => {
    if (need <= room) return;
    room = Math.max(need, Math.floor(room * 1.6));
    const moreRows = new Float32Array(room * width), moreMasked = new Uint8Array(room);
    moreRows.set(rows); moreMasked.set(masked);
    rows = moreRows; masked = moreMasked;
  };
  const starts = [0], targets: number[] = [], weights: number[] = [], notes: ListNote[] = [], targetOf: string[] = [];
  let used = 0;
  replay(folder, before, sessions, tasks, settings, (moment) => {
    if (settings.keep !== undefined && !settings.keep(moment)) return;
    const { task } = moment;
    const n = task.list.length;
    growTo(used + n);
    const candidates = toCandidates(folder, task, settings.artefactsFor?.(moment));
    writeFeatures(prepare(moment.profile, moment.now), candidates, rows.subarray(used * width, (used + n) * width));
    const target = task.list.indexOf(task.target);
    task.list.forEach((id, row) => {
      const impossible = (id === moment.lastItemId && moment.lastKind === moment.targetKind) ||
        (moment.targetKind === 'purchase' && moment.boughtInSession.has(id));
      if (impossible && row !== target) masked[used + row] = 1;
    });
    used += n;
    starts.push(used);
    targets.push(target);
    weights.push(settings.weightOf?.(moment) ?? 1);
    notes.push({ session: moment.sessionAt, context: moment.context, hasHistory: moment.profile.steps > 0, isNew: moment.isNew,
      isFresh: !task.list.includes(moment.lastItemId), isLast: moment.lastItemId === task.target,
      sessionEvents: moment.sessionEvents, allEvents: moment.allEvents, hasSearch: moment.hasSearch });
    targetOf.push(task.target);
  });
  return { width, rows: rows.subarray(0, used * width), masked: masked.subarray(0, used), starts: Int32Array.from(starts), targets: Int32Array.from(targets),
    weights: Float32Array.from(weights), notes, targetOf };
}
