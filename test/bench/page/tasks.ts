import type { Browser } from 'playwright';
import type { Visitor } from './visit.ts';

/** The longest tasks of one load, in ms by the clock. */
export interface Tasks {
  /** Of the page's main thread, whatever they did. */
  readonly longest: number;
  /** Of Reshelf's files within one task, with all that they called. */
  readonly longestOurs: number;
  /** The functions of ours that began most of it, as the minified files call them. */
  readonly what: string;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Of a profile: what its chunks belong to. */
  readonly id?: string;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly args: { readonly data?: unknown; readonly beginData?: { readonly url?: string } };
}
/** A part of a sampling profile: who calls whom, and which of them ran, so long after the sample before. */
interface ProfileChunk {
  readonly cpuProfile?: { readonly nodes?: readonly ProfileNode[]; readonly samples?: readonly number[] };
  readonly timeDeltas?: readonly number[];
}
interface ProfileNode {
  readonly id: number;
  readonly parent?: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url?: string;
    readonly lineNumber?: number;
    readonly columnNumber?: number;
  };
}

const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-v8.cpu_profiler',
];
const OURS = /\/reshelf\.[\w.]+js/;
const US = 1000;

/** Loads the listing once under a trace. */
export async function traceTasks(browser: Browser, visitor: Visitor): Promise<Tasks> {
  const visit = await visitor.open();
  try {
    await browser.startTracing(visit.page, { categories: CATEGORIES });
    await visit.go();
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
      traceEvents: TraceEvent[];
    };
    await visit.prove();
    return longestOf(traceEvents);
  } finally {
    await visit.close();
  }
}

function longestOf(events: readonly TraceEvent[]): Tasks {
  const page = events.find(
    ({ name, args }) => name === 'ParseHTML' && /\/c\//.test(String(args.beginData?.url)),
  );
  if (page === undefined) throw new Error('the trace does not show the page');
  const own = events.filter(({ pid, tid }) => pid === page.pid && tid === page.tid);
  const tasks = own.filter(({ name, ph }) => name === 'RunTask' && ph === 'X').sort((a, b) => a.ts - b.ts);
  if (tasks.length === 0) throw new Error('the trace shows no tasks');
  const samples = own
    .filter(({ name }) => name === 'Profile')
    .flatMap((profile) =>
      samplesOf(
        profile,
        events.filter(({ pid, id }) => pid === page.pid && id === profile.id),
      ),
    );
  if (samples.length === 0) throw new Error('the trace holds no profile');
  let worst = new Map<string, number>();
  const sum = (parts: ReadonlyMap<string, number>) =>
    [...parts.values()].reduce((all, part) => all + part, 0);
  let next = 0;
  for (const { ts, dur = 0 } of tasks) {
    const parts = new Map<string, number>();
    while ((samples[next]?.from ?? Number.POSITIVE_INFINITY) < ts + dur) {
      const { from, to, by } = samples[next++] as Sample; // there is one
      if (by !== undefined && from >= ts) parts.set(by, (parts.get(by) ?? 0) + Math.min(to, ts + dur) - from);
    }
    if (sum(parts) > sum(worst)) worst = parts;
  }
  const most = [...worst].sort(([, a], [, b]) => b - a).slice(0, 2);
  return {
    longest: Math.max(...tasks.map(({ dur = 0 }) => dur / US)),
    longestOurs: sum(worst) / US,
    what: most.map(([by]) => by).join(', '),
  };
}

/** A time during which one thing ran, and the outermost function of ours under which it did. */
interface Sample {
  readonly from: number;
  readonly to: number;
  readonly by: string | undefined;
}

/** @param events of the profile, its chunks among them; the form is DevTools' (https://chromedevtools.github.io/devtools-protocol/tot/Profiler/) */
function samplesOf({ args }: TraceEvent, events: readonly TraceEvent[]): Sample[] {
  const nodes = new Map<number, ProfileNode>();
  let at = (args.data as { startTime: number }).startTime;
  const ran: { at: number; id: number }[] = [];
  for (const event of events.filter(({ name }) => name === 'ProfileChunk').sort((a, b) => a.ts - b.ts)) {
    const { cpuProfile, timeDeltas } = event.args.data as ProfileChunk;
    for (const node of cpuProfile?.nodes ?? []) nodes.set(node.id, node);
    cpuProfile?.samples?.forEach((id, place) => {
      at += timeDeltas?.[place] ?? 0;
      ran.push({ at, id });
    });
  }
  function outermost(id: number): string | undefined {
    let found: ProfileNode | undefined;
    for (let node = nodes.get(id); node !== undefined; node = nodes.get(node.parent ?? -1))
      if (OURS.test(node.callFrame.url ?? '')) found = node;
    if (found === undefined) return undefined;
    const { functionName, url = '', lineNumber, columnNumber } = found.callFrame;
    return `${functionName || 'a function'} at ${url.split('/').at(-1)}:${lineNumber}:${columnNumber}`;
  }
  ran.sort((a, b) => a.at - b.at); // deltas may be negative
  return ran.map(({ at: from, id }, place) => ({ from, to: ran[place + 1]?.at ?? from, by: outermost(id) }));
}
