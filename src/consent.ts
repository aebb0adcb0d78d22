export type { AnswerProof, Consent, ConsentState } from './consent/consent.ts';
export { createHeadlessConsent, type HeadlessSettings } from './consent/headless.ts';
export { hasCode, ReshelfError } from './core/errors.ts';
export type { PlatformWord, PurposeName, PurposeState, Reason } from './core/purpose-state.ts';
export type { Answer, AnswerSource, Basis, ConsentReceipt, Notice, Purpose } from './core/receipt.ts';
export { type Terms, termsOf } from './core/terms.ts';
