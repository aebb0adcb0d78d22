/**
 * Writes the sample of real shoppers in this folder from `../shared/data/onlineretail` (see README.md here).
 * The same input gives the same bytes: `npx tsx test/data/make-sample.ts`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCE = resolve(HERE, '../../../shared/data/onlineretail');
const SHOPPERS = 64;
const MAX_EARLIER = 12;
const MAX_BYTES = 400_000;

interface Event {
  readonly t: number;
  readonly type: string;
  readonly id?: string;
}
interface Session {
  readonly session: string;
  readonly user: string;
  readonly events: readonly Event[];
}
interface Task {
  readonly session: string;
  /** The context ends before this event of the session, immediate repeats collapsed. */
  readonly k: number;
  readonly target: string;
  readonly list: readonly string[];
}
interface Product {
  readonly id: string;
  readonly title?: string;
  readonly price: number;
  readonly category: string;
}
interface Purchase {
  readonly id: string;
  readonly t: number;
}

function read<Line>(name: string): Line[] {
  const path = resolve(SOURCE, name);
  if (!existsSync(path))
    throw new Error(
      `${path} is missing. The sample in test/data is checked in, so tests do not need it; to make the sample again, put the onlineretail data there.`,
    );
  const text = gunzipSync(readFileSync(path)).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line); // our own export, described in ../shared/data/README.md
}

/** Products bought, in order; the same product twice in a row counts once, as in the tasks. */
function purchasesOf({ events }: Session): Purchase[] {
  const kept: Purchase[] = [];
  for (const { t, type, id } of events)
    if (type === 'purchase' && id !== undefined && kept.at(-1)?.id !== id) kept.push({ id, t });
  return kept;
}

function main(): void {
  const products = new Map(read<Product>('catalog.jsonl.gz').map((product) => [product.id, product]));
  const dev = read<Session>('dev.jsonl.gz');
  const sessions = [...read<Session>('train.jsonl.gz'), ...dev];
  const placeOf = new Map(sessions.map(({ session }, place) => [session, place]));
  const byUser = new Map<string, Session[]>();
  for (const session of sessions) byUser.set(session.user, [...(byUser.get(session.user) ?? []), session]);

  // Eligible: each customer's first task that has an earlier invoice of the same customer before it, in time order.
  const firstTask = new Map<string, { task: Task; earlier: Purchase[]; bought: Purchase[] }>();
  for (const task of read<Task>('tasks-dev.jsonl.gz')) {
    const place = placeOf.get(task.session) ?? -1;
    const session = sessions[place];
    if (session === undefined) throw new Error(`no session ${task.session} for a task`);
    if (firstTask.has(session.user)) continue;
    const earlier = (byUser.get(session.user) ?? [])
      .filter((other) => (placeOf.get(other.session) ?? 0) < place)
      .flatMap(purchasesOf);
    if (earlier.length === 0) continue;
    const bought = purchasesOf(session);
    if (bought[task.k]?.id !== task.target) throw new Error(`task ${task.session}/${task.k} names another target`);
    firstTask.set(session.user, { task, earlier, bought });
  }
  const eligible = [...firstTask.values()];
  const step = Math.floor(eligible.length / SHOPPERS);
  const chosen = eligible.filter((_, index) => index % step === 0).slice(0, SHOPPERS);

  const referenced = new Set<string>();
  const shoppers = chosen.map(({ task, earlier, bought }, index) => {
    const target = bought[task.k];
    const purchases = [...earlier, ...bought.slice(0, task.k)].slice(-MAX_EARLIER);
    for (const id of [...task.list, ...purchases.map((purchase) => purchase.id)]) referenced.add(id);
    return { shopper: index + 1, purchases, at: target?.t, target: task.target, list: task.list };
  });
  const facts = [...referenced].sort().map((id) => {
    const product = products.get(id);
    if (product === undefined) throw new Error(`no product ${id} in the catalogue`);
    return { id, title: product.title ?? id, price: product.price, category: product.category };
  });

  const files = { 'shoppers.jsonl': shoppers, 'products.jsonl': facts };
  let sizeBytes = 0;
  for (const [name, lines] of Object.entries(files)) {
    const text = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
    sizeBytes += Buffer.byteLength(text);
    writeFileSync(resolve(HERE, name), text);
  }
  console.log(
    `${shoppers.length} of ${eligible.length} returning customers (every ${step}th), ${facts.length} products, ${sizeBytes} bytes`,
  );
  if (sizeBytes > MAX_BYTES) throw new Error(`expected at most ${MAX_BYTES} bytes, got ${sizeBytes}`);
}

main();
