import type { Consent } from '../consent.ts';
export interface ConnectParts {
  readonly settings: object;
  readonly consent: Consent;
  readonly hear: (words: never, region: string | undefined) => void;
}
export type Connect = (parts: ConnectParts) => void;
export const connect: Connect = () => {};
