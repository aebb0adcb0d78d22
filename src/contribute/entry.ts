import { expose } from 'comlink';
import { ReshelfError } from '../core/errors.ts';
import { mayReceive } from '../core/hosts.ts';
import { asEpochMs } from '../core/ids.ts';
import type { Purpose } from '../core/receipt.ts';
import type { Arm } from '../core/trial.ts';
import { type Connection, createConnection } from '../store/connection.ts';
import type { Database } from '../store/database.ts';
import { readGranted, writeGranted } from '../store/granted.ts';
import { readProfile } from '../store/journal.ts';
import type { ContributeApi } from '../wire/contribute-api.ts';
import { replying } from '../wire/reply.ts';
import { addressesOf } from '../wire/task-addresses.ts';
import { loadTrainer } from '../worker/trainer-loader.ts';
import { type Contributor, createContributor, parseTasks, tasksOf } from './contributor.ts';
import { createDevice } from './device.ts';
import { drawArm, readTrial } from './draw-arm.ts';
import { grantIn } from './grant-in.ts';
import type { Ledger } from './ledger.ts';
import { openLedger } from './ledger-store.ts';
import { viewLedger } from './ledger-view.ts';
import { tallyLift } from './lift-tally.ts';
import { ownLists } from './own-lists.ts';
import { sealReport } from './seal-report.ts';
import { styleOf, tallyHealth } from './self-report.ts';
import { takeBack } from './take-back.ts';

/**
 * The file `reshelf.contribute.js`: a worker of its own, started only after a grant to contribute or measure. It reads
 * the shopper's database and writes nothing to it but a line in its log of acts and the arm that was drawn; what it
 * remembers is the ledger.
 */
function createService(): ContributeApi {
  let opened:
    | {
        contributor: Contributor;
        connection: Connection;
        ledger: { close(): void };
        /** The arm that this device is in, by the grants of now. */
        draw: (now: number) => Promise<void>;
      }
    | undefined;
  const current = () => {
    if (opened === undefined) throw new ReshelfError('consent/withheld', 'call open first');
    return opened;
  };
  return {
    async open({ databaseName, region, tasksUrl, hosts, troubles = {} }, now) {
      opened?.connection.close();
      opened?.ledger.close();
      opened = undefined;
      const connection = createConnection(databaseName);
      const granted = await connection.use(
        async (db) => (await grantIn(db, 'contribute')) ?? (await grantIn(db, 'measure')),
      );
      if (granted === null) {
        connection.close();
        throw new ReshelfError('consent/withheld', 'there is no live grant to contribute or to measure');
      }
      const parsed = (await readTasks(tasksUrl)).filter((task) =>
        addressesOf(task).every((address) => mayReceive(address, hosts, region, location.href)),
      );
      const ledger = openLedger(databaseName);
      await ledger.bornAt(now);
      const mine = tasksOf(parsed, region).filter((task) => 'content' in task);
      const draw = (at: number) =>
        connection.use((db) => drawArm(db, mine, (into) => crypto.getRandomValues(into), at));
      await draw(now);
      const device = createDevice({
        lists: () =>
          connection.use((db) =>
            readGranted(db, async (tx) => ownLists(await tx.objectStore('journal').getAll())),
          ),
        changes: async (content) => {
          const task = parsed.find((one) => 'content' in one && one.content === content);
          return task === undefined ? [] : ((await ledger.adopted(task.id))?.changes ?? []);
        },
        update: (lists, options) => loadTrainer().ownUpdate(lists, options),
        topics: {
          'popular-styles': (buckets) =>
            connection.use((db) => readGranted(db, async (tx) => styleOf(buckets, await readProfile(tx)))),
        },
        async tally({ topic, valueStep }, quality, at) {
          const journal = () =>
            connection.use((db) => readGranted(db, (tx) => tx.objectStore('journal').getAll()));
          if (topic === 'health') return tallyHealth(ownLists(await journal()), quality, troubles);
          const trial = await connection.use(readTrial);
          if (trial === undefined) return undefined;
          const { drawn, drafts } = trial;
          return tallyLift({ ...drawn, drafts, journal: await journal(), valueStep, now: at });
        },
      });
      const contributor = createContributor({
        ledger,
        device,
        region,
        tasks: parsed,
        grantOf: (purpose: Purpose) => connection.use((db) => grantIn(db, purpose)),
        seal: (task, value, at) => sealReport(task, value, at, (input, init) => fetch(input, init)),
        fetch: (input, init) => fetch(input, init),
        random: (into) => crypto.getRandomValues(into),
        adoption: device.judge,
      });
      opened = { contributor, connection, ledger, draw };
    },
    async step(now) {
      const { contributor, connection, draw } = current();
      await draw(now).catch(() => {}); // withheld: the step says so
      const step = await contributor.step(now);
      if (step.kind === 'sent') await connection.use((db) => noteContributed(db, now));
      return step;
    },
    async ledger(databaseName, now) {
      const view = await withLedger(databaseName, (ledger) => viewLedger(ledger, now));
      const arm = await armIn(databaseName);
      return arm === undefined ? view : { ...view, arm };
    },
    withdraw: (databaseName, purposes) => withLedger(databaseName, (ledger) => takeBack(ledger, purposes)),
  };
}

/** The arm in force; `undefined` without one, or without a grant. */
async function armIn(databaseName: string): Promise<Arm | undefined> {
  const connection = createConnection(databaseName);
  try {
    return (await connection.use(readTrial))?.drawn.arm;
  } catch {
    return undefined; // withheld, or no store: then nothing is compared
  } finally {
    connection.close();
  }
}

async function withLedger<Value>(
  databaseName: string,
  work: (ledger: Ledger) => Promise<Value>,
): Promise<Value> {
  const ledger = openLedger(databaseName);
  try {
    return await work(ledger);
  } finally {
    ledger.close();
  }
}

/** The log of what was done to the data; nothing where the grant has ended meanwhile. */
async function noteContributed(db: Database, now: number): Promise<void> {
  await writeGranted(db, (tx) =>
    tx.objectStore('audit').add({ at: asEpochMs(now), action: 'contributed', counts: {} }),
  ).catch(() => {}); // withheld: erased together with its lists
}

/** @throws ReshelfError `contribute/bad-task` */
async function readTasks(url: string): Promise<ReturnType<typeof parseTasks>> {
  try {
    const reply = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!reply.ok) throw new RangeError(`expected status 200, got ${reply.status}`);
    return parseTasks(await reply.json());
  } catch (cause) {
    throw cause instanceof ReshelfError
      ? cause
      : new ReshelfError('contribute/bad-task', `no tasks from ${url}: ${String(cause)}`, { cause });
  }
}

expose(replying(createService()));
