import { type ContributionTask, parseTask } from '../wire/contribution-task.ts';
import { type Fields, readFields } from '../wire/fields.ts';
import type { SealKeys } from './hpke.ts';

/** What both aggregators know of a task: its public part and what must stay between them. */
export interface AggregatorTask {
  readonly task: ContributionTask;
  /** 16 bytes, base64url: no client may know it. */
  readonly verifyKey: string;
}

export interface AggregatorConfig {
  readonly role: 'leader' | 'helper';
  readonly tasks: readonly AggregatorTask[];
  readonly seal: SealKeys;
  readonly collectorSeal: Pick<SealKeys, 'configId' | 'publicKey'>;
  /** What the leader shows the helper. */
  readonly peerToken: string;
  /** What the collector shows the leader. */
  readonly collectorToken: string;
}

export interface CollectorConfig {
  readonly role: 'collector';
  readonly tasks: readonly ContributionTask[];
  readonly seal: SealKeys;
  readonly collectorToken: string;
  /** What the operator shows the collector. */
  readonly operatorToken: string;
  /** Ed25519, PKCS #8, base64url. */
  readonly signingKey: string;
}

export type RoleConfig = AggregatorConfig | CollectorConfig;

const MAX_TASKS = 64;
const TOKEN = /^[A-Za-z0-9_-]{22,128}$/;
const KEY = /^[A-Za-z0-9_-]{43}$/;
const VERIFY_KEY = /^[A-Za-z0-9_-]{22}$/;
const PKCS8 = /^[A-Za-z0-9_-]{40,200}$/;

/** @throws TypeError naming the first field that is not as expected */
export function parseRoleConfig(value: unknown): RoleConfig {
  const config = readFields(value, 'config');
  const role = config.oneOf('role', ['leader', 'helper', 'collector']);
  const seal: SealKeys = {
    ...parsePublicKeys(config.fields('seal')),
    privateKey: config.fields('seal').text('privateKey', KEY),
  };
  const tasks = config.list('tasks', MAX_TASKS);
  const collectorToken = config.text('collectorToken', TOKEN);
  if (role === 'collector')
    return {
      role,
      tasks: tasks.map(parseTask),
      seal,
      collectorToken,
      operatorToken: config.text('operatorToken', TOKEN),
      signingKey: config.text('signingKey', PKCS8),
    };
  return {
    role,
    tasks: tasks.map((entry) => ({
      task: parseTask(entry.fields('task')),
      verifyKey: entry.text('verifyKey', VERIFY_KEY),
    })),
    seal,
    collectorToken,
    collectorSeal: parsePublicKeys(config.fields('collectorSeal')),
    peerToken: config.text('peerToken', TOKEN),
  };
}

const parsePublicKeys = (keys: Fields): Pick<SealKeys, 'configId' | 'publicKey'> => ({
  configId: keys.whole('configId', 0, 255),
  publicKey: keys.text('publicKey', KEY),
});
