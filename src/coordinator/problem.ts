/** The words for what is wrong with a request: those of DAP-09, section 3.2, and below them our own. */
export type ProblemName =
  | 'invalidMessage'
  | 'unrecognizedTask'
  | 'outdatedConfig'
  | 'reportRejected'
  | 'reportTooEarly'
  | 'batchInvalid'
  | 'invalidBatchSize'
  | 'batchQueriedTooManyTimes'
  | 'batchMismatch'
  | 'unauthorizedRequest'
  | 'batchNotReady'
  | 'unknownAddress'
  | 'tooLarge'
  | 'unavailable'
  | 'wrongVersion';

const DAP = 'urn:ietf:params:ppm:dap:error:';
const OWN = 'urn:reshelf:error:';
const OWN_NAMES: readonly ProblemName[] = [
  'batchNotReady',
  'unknownAddress',
  'tooLarge',
  'unavailable',
  'wrongVersion',
];

/** A request that is refused; the answer is its problem document (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly kind: ProblemName,
    readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 500 | 503,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }
}

export function problemResponse(problem: Problem, taskId: string | undefined): Response {
  const body = {
    type: (OWN_NAMES.includes(problem.kind) ? OWN : DAP) + problem.kind,
    title: TITLES[problem.kind],
    status: problem.status,
    detail: problem.message,
    ...(taskId === undefined ? {} : { taskid: taskId }),
  };
  return new Response(JSON.stringify(body), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json' },
  });
}

const TITLES: Readonly<Record<ProblemName, string>> = {
  invalidMessage: 'The message cannot be read.',
  unrecognizedTask: 'There is no such task here.',
  outdatedConfig: 'The message is sealed to a key that is not in use.',
  reportRejected: 'The report is not counted.',
  reportTooEarly: 'The report is from the future.',
  batchInvalid: 'There is no such batch.',
  invalidBatchSize: 'The batch is too small.',
  batchQueriedTooManyTimes: 'The batch was released already.',
  batchMismatch: 'The aggregators hold different reports.',
  unauthorizedRequest: 'The request may not be made.',
  batchNotReady: 'The batch cannot be released yet.',
  unknownAddress: 'There is nothing at this address.',
  tooLarge: 'The request is too large.',
  unavailable: 'The coordinator cannot answer now.',
  wrongVersion: 'There is no such version.',
};
