export { findBreak } from './core/chain.ts';
export { toConsentLog } from './core/consent-log.ts';
