/** The events that Reshelf dispatches on `document`; their details never hold behaviour. */
export interface ReshelfEvents {
  'reshelf:ready': Record<string, never>;
  'reshelf:consentchange': { readonly purpose: string; readonly from: string; readonly to: string };
  /** A list now stands in another order. */
  'reshelf:reordered': { readonly listId: string };
  /** Data was deleted: records removed per store. */
  'reshelf:erased': {
    readonly scope: 'all' | 'some' | 'proof';
    readonly removed: Readonly<Record<string, number>>;
  };
  /** Something kept Reshelf from working; the shop's own order stands. */
  'reshelf:diagnostic': { readonly code: string; readonly listId?: string };
}

export function announce<Name extends keyof ReshelfEvents>(name: Name, detail: ReshelfEvents[Name]): void {
  document.dispatchEvent(new CustomEvent(name, { detail: Object.freeze({ ...detail }) }));
}

declare global {
  interface DocumentEventMap {
    'reshelf:ready': CustomEvent<ReshelfEvents['reshelf:ready']>;
    'reshelf:consentchange': CustomEvent<ReshelfEvents['reshelf:consentchange']>;
    'reshelf:reordered': CustomEvent<ReshelfEvents['reshelf:reordered']>;
    'reshelf:erased': CustomEvent<ReshelfEvents['reshelf:erased']>;
    'reshelf:diagnostic': CustomEvent<ReshelfEvents['reshelf:diagnostic']>;
  }
}
