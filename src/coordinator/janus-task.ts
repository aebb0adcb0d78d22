import { createHash } from 'node:crypto';
import { type ContributionTask, vectorOf } from '../wire/contribution-task.ts';
import type { SealKeys } from './hpke.ts';
import type { AggregatorConfig } from './role-config.ts';

/** Reports of a batch that Janus closes by itself. */
const LARGEST_BATCH = 10_000;
const REPORT_LIFE_SECONDS = 14 * 86_400;
const SKEW_SECONDS = 300;

/**
 * The tasks of an aggregator as Janus' release 0.7 reads them (docs/samples/tasks.yaml there): same ids, keys and VDAF
 * parameters, so that no device notices the change. Janus adds its own noise only to counts (discrete Laplace, epsilon 1
 * per release); its noise for weights is set for the worst case in L1 and drowns them, so weights are left without, and a
 * comment says so.
 */
export function janusTasks(config: AggregatorConfig): string {
  const isLeader = config.role === 'leader';
  return config.tasks
    .map(({ task, verifyKey }) =>
      [
        `# ${task.content.kind === 'counts' ? `Counts of ${task.content.topic}.` : 'Vectors: Janus 0.7 has no fitting noise for them; use it only where the collector is trusted with exact sums.'}`,
        `- task_id: "${task.id}"`,
        `  peer_aggregator_endpoint: "${isLeader ? task.helper : task.leader}"`,
        '  query_type: !FixedSize',
        `    max_batch_size: ${Math.max(LARGEST_BATCH, task.minBatch)}`,
        '    batch_time_window_size: null',
        ...vdafOf(task),
        `  role: ${isLeader ? 'Leader' : 'Helper'}`,
        `  vdaf_verify_key: "${verifyKey}"`,
        '  max_batch_query_count: 1',
        `  task_expiration: ${task.expiresAt}`,
        `  report_expiry_age: ${REPORT_LIFE_SECONDS}`,
        `  min_batch_size: ${task.minBatch}`,
        `  time_precision: ${task.timePrecisionSeconds}`,
        `  tolerable_clock_skew: ${SKEW_SECONDS}`,
        '  collector_hpke_config:',
        ...hpke(config.collectorSeal, 4),
        ...(isLeader
          ? ['  aggregator_auth_token:', '    type: "Bearer"', `    token: "${config.peerToken}"`]
          : ['  aggregator_auth_token_hash:', ...tokenHash(config.peerToken)]),
        ...(isLeader
          ? ['  collector_auth_token_hash:', ...tokenHash(config.collectorToken)]
          : ['  collector_auth_token_hash:']),
        '  hpke_keys:',
        '  - config:',
        ...hpke(config.seal, 6),
        `    private_key: "${config.seal.privateKey}"`,
      ].join('\n'),
    )
    .join('\n\n');
}

function vdafOf({ content }: ContributionTask): string[] {
  const chunk = `    chunk_length: ${content.chunkLength}`;
  if (content.kind !== 'counts') {
    const { length, bits } = vectorOf(content);
    return ['  vdaf: !Prio3SumVec', `    bits: ${bits}`, `    length: ${length}`, chunk];
  }
  return [
    '  vdaf: !Prio3Histogram',
    `    length: ${content.buckets.length}`,
    chunk,
    '    dp_strategy:',
    '      dp_strategy: PureDpDiscreteLaplace',
    '      budget:',
    '        epsilon: [[1], [1]]',
  ];
}

function hpke({ configId, publicKey }: Pick<SealKeys, 'configId' | 'publicKey'>, indent: number): string[] {
  return [
    `id: ${configId}`,
    'kem_id: X25519HkdfSha256',
    'kdf_id: HkdfSha256',
    'aead_id: Aes128Gcm',
    `public_key: "${publicKey}"`,
  ].map((line) => ' '.repeat(indent) + line);
}

const tokenHash = (token: string): string[] => [
  '    type: "Bearer"',
  `    hash: "${createHash('sha256').update(token).digest('base64url')}"`,
];
