import { randomBytes } from 'node:crypto';
import type { ContributionTask } from '../wire/contribution-task.ts';
import { generateSealKeys } from './hpke.ts';
import type { AggregatorConfig, CollectorConfig } from './role-config.ts';

/** A task before its keys are drawn. */
export type TaskPlan = Omit<ContributionTask, 'format' | 'id' | 'signingKey'>;

export interface Provisioned {
  /** What shoppers' devices are configured with; public. */
  readonly tasks: readonly ContributionTask[];
  /** One secret file a role; the leader's and the helper's should never meet. */
  readonly leader: AggregatorConfig;
  readonly helper: AggregatorConfig;
  readonly collector: CollectorConfig;
}

/** Draws every key and id of a deployment. */
export async function provision(plans: readonly TaskPlan[]): Promise<Provisioned> {
  const token = (): string => randomBytes(32).toString('base64url');
  const [leaderSeal, helperSeal, collectorSeal] = await Promise.all([1, 2, 3].map(generateSealKeys));
  if (leaderSeal === undefined || helperSeal === undefined || collectorSeal === undefined)
    throw new TypeError('expected three pairs of keys');
  const signing = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair; // asymmetric
  const signingKey = Buffer.from(await crypto.subtle.exportKey('raw', signing.publicKey)).toString(
    'base64url',
  );
  const tasks = plans.map(
    (plan): ContributionTask => ({
      format: 'reshelf-task@1',
      id: randomBytes(32).toString('base64url'),
      ...plan,
      signingKey,
    }),
  );
  const { configId, publicKey } = collectorSeal;
  const shared = {
    tasks: tasks.map((task) => ({ task, verifyKey: randomBytes(16).toString('base64url') })),
    collectorSeal: { configId, publicKey },
    peerToken: token(),
    collectorToken: token(),
  };
  return {
    tasks,
    leader: { role: 'leader', ...shared, seal: leaderSeal },
    helper: { role: 'helper', ...shared, seal: helperSeal },
    collector: {
      role: 'collector',
      tasks,
      seal: collectorSeal,
      collectorToken: shared.collectorToken,
      operatorToken: token(),
      signingKey: Buffer.from(await crypto.subtle.exportKey('pkcs8', signing.privateKey)).toString(
        'base64url',
      ),
    },
  };
}
