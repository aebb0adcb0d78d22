import type { Browser } from 'playwright';
import type { Visitor } from './visit.ts';

/** The longest tasks of one load, in ms. */
export interface Tasks {
  /** Of the page's main thread, whatever they did. */
  readonly longest: number;
  /**
   * Script within one task, the one that took the CPU longest; the demo's listing has no script of its own, so all of it is
   * the addition's, or what slowing the CPU down puts down to it: see the page without us.
   */
  readonly longestScript: number;
  /** The same in time of the CPU: what other programs take on a busy machine is not in it. */
  readonly longestScriptCpu: number;
  /** What that script was called for, as the trace names it. */
  readonly what: string;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
}

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8.execute', 'v8'];
const SCRIPT =
  /^(EvaluateScript|v8\.evaluateModule|v8\.compile|v8\.compileModule|FunctionCall|RunMicrotasks|TimerFire|FireAnimationFrame|FireIdleCallback)$/;
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

const endOf = ({ ts, dur = 0 }: TraceEvent): number => ts + dur;

function longestOf(events: readonly TraceEvent[]): Tasks {
  const page = events.find(
    ({ name, args }) => name === 'ParseHTML' && /\/c\//.test(String(args.beginData?.url)),
  );
  if (page === undefined) throw new Error('the trace does not show the page');
  const own = events
    .filter(({ pid, tid, ph }) => pid === page.pid && tid === page.tid && ph === 'X')
    .sort((a, b) => a.ts - b.ts || endOf(b) - endOf(a));
  const tasks = own.filter(({ name }) => name === 'RunTask');
  if (tasks.length === 0) throw new Error('the trace shows no tasks');
  const scripts = outermost(own.filter(({ name }) => SCRIPT.test(name)));
  let worst: readonly TraceEvent[] = [];
  const cpu = (parts: readonly TraceEvent[]) => parts.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / US;
  for (const task of tasks) {
    const parts = scripts.filter((script) => script.ts >= task.ts && endOf(script) <= endOf(task));
    if (cpu(parts) > cpu(worst)) worst = parts;
  }
  return {
    longest: Math.max(...tasks.map(({ dur = 0 }) => dur / US)),
    longestScript: worst.reduce((sum, { dur = 0 }) => sum + dur, 0) / US,
    longestScriptCpu: cpu(worst),
    what: [...worst]
      .sort((a, b) => (b.dur ?? 0) - (a.dur ?? 0))
      .slice(0, 2)
      .map(({ name, args }) =>
        `${name} ${String(args.data?.functionName ?? args.data?.fileName ?? '')}`.trim(),
      )
      .join(', '),
  };
}

/** Without those that ran within another. */
function outermost(sorted: readonly TraceEvent[]): TraceEvent[] {
  let covered = 0;
  return sorted.filter((event) => {
    if (event.ts < covered) return false;
    covered = endOf(event);
    return true;
  });
}
