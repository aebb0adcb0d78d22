import type { ContributionTask, WeightsContent } from '../wire/contribution-task.ts';
import { hashText, parsePointer, parseRelease, type Signed, sign } from '../wire/released-model.ts';
import type { CurrentModel } from './collector.ts';
import type { Sql } from './database.ts';
import { Problem } from './problem.ts';

/** Versions kept; an older one cannot be rolled back to. */
const KEPT = 5;

interface Round {
  readonly reports: number;
  /** Standard deviation of the noise in each entry of the mean update. */
  readonly noise: number;
}

export interface ModelShelf {
  /** The next version: the one in force plus this round's mean update. Signed, and put in force. */
  add(
    sql: Sql,
    task: ContributionTask,
    content: WeightsContent,
    mean: Float64Array,
    round: Round,
  ): Promise<void>;
  /** Puts a kept version in force by a new pointer; 0 is the weights that ship. @throws Problem wrongVersion */
  pointTo(sql: Sql, taskId: string, version: number): Promise<void>;
  current(sql: Sql, taskId: string): Promise<CurrentModel>;
  /** The versions kept, newest first, and the one in force; 0 is the weights that ship. */
  list(sql: Sql, taskId: string): Promise<{ inForce: number; versions: readonly ShelvedVersion[] }>;
}

export interface ShelvedVersion {
  readonly version: number;
  readonly parent: number;
  readonly reports: number;
}

/** @param signingKey Ed25519, PKCS #8, base64url */
export async function createModelShelf(signingKey: string): Promise<ModelShelf> {
  const key = await crypto.subtle.importKey(
    'pkcs8',
    new Uint8Array(Buffer.from(signingKey, 'base64url')),
    'Ed25519',
    false,
    ['sign'],
  );
  async function pointer(sql: Sql, taskId: string): Promise<Signed | undefined> {
    const [row] = await sql.query<Signed>('SELECT text, signature FROM pointers WHERE task_id = $1', [
      taskId,
    ]);
    return row;
  }
  async function release(sql: Sql, taskId: string, version: number): Promise<Signed | undefined> {
    const [row] = await sql.query<Signed>(
      'SELECT text, signature FROM releases WHERE task_id = $1 AND version = $2',
      [taskId, version],
    );
    return row;
  }
  async function point(sql: Sql, taskId: string, version: number, text: string | undefined): Promise<void> {
    const known = await pointer(sql, taskId);
    const sequence = known === undefined ? 1 : parsePointer(known.text).sequence + 1;
    const hash = text === undefined ? '' : await hashText(text);
    const signed = await sign({ format: 'reshelf-pointer@1', taskId, sequence, version, hash }, key);
    await sql.query(
      `INSERT INTO pointers (task_id, sequence, text, signature) VALUES ($1, $2, $3, $4)
       ON CONFLICT (task_id) DO UPDATE SET sequence = $2, text = $3, signature = $4`,
      [taskId, sequence, signed.text, signed.signature],
    );
  }
  return {
    async add(sql, task, content, mean, { reports, noise }) {
      const known = await pointer(sql, task.id);
      const parent = known === undefined ? 0 : parsePointer(known.text).version;
      const before = parent === 0 ? undefined : await release(sql, task.id, parent);
      const changes =
        before === undefined ? content.features.map(() => 0) : parseRelease(before.text).changes;
      const [last] = await sql.query<{ version: number | null }>(
        'SELECT max(version) AS version FROM releases WHERE task_id = $1',
        [task.id],
      );
      const version = (last?.version ?? 0) + 1;
      const signed = await sign(
        {
          format: 'reshelf-release@1',
          taskId: task.id,
          version,
          parent,
          reports,
          noise,
          features: content.features,
          changes: changes.map(
            (change, at) => change + (content.rate * (mean[at] ?? 0)) / (content.scales[at] ?? 1),
          ),
        },
        key,
      );
      await sql.query('INSERT INTO releases (task_id, version, text, signature) VALUES ($1, $2, $3, $4)', [
        task.id,
        version,
        signed.text,
        signed.signature,
      ]);
      await sql.query('DELETE FROM releases WHERE task_id = $1 AND version <= $2', [task.id, version - KEPT]);
      await point(sql, task.id, version, signed.text);
    },
    async pointTo(sql, taskId, version) {
      const wanted = version === 0 ? undefined : await release(sql, taskId, version);
      if (version !== 0 && wanted === undefined)
        throw new Problem('wrongVersion', 404, `version ${version} is not among the last ${KEPT}`);
      await point(sql, taskId, version, wanted?.text);
    },
    async list(sql, taskId) {
      const known = await pointer(sql, taskId);
      const rows = await sql.query<Pick<Signed, 'text'>>(
        'SELECT text FROM releases WHERE task_id = $1 ORDER BY version DESC',
        [taskId],
      );
      return {
        inForce: known === undefined ? 0 : parsePointer(known.text).version,
        versions: rows.map(({ text }) => {
          const { version, parent, reports } = parseRelease(text);
          return { version, parent, reports };
        }),
      };
    },
    async current(sql, taskId) {
      const known = await pointer(sql, taskId);
      if (known === undefined) return { pointer: null, release: null };
      return {
        pointer: known,
        release: (await release(sql, taskId, parsePointer(known.text).version)) ?? null,
      };
    },
  };
}
