interface Policy {
  createScriptURL(url: string): unknown;
}
interface Factory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

const KEY = Symbol.for('reshelf.policy');

/**
 * An address as `script.src` and `new Worker` want it on pages that enforce Trusted Types: through the policy
 * `reshelf`, made once per page because a page may forbid a second one of that name. Elsewhere, and where the page
 * allows no policy of that name, the address itself: a page that enforces types refuses it where it is used.
 */
export function toScriptUrl(address: string): string {
  const shared = globalThis as unknown as { trustedTypes?: Factory } & Record<symbol, Policy | undefined>;
  if (shared.trustedTypes === undefined) return address;
  try {
    shared[KEY] ??= shared.trustedTypes.createPolicy('reshelf', { createScriptURL: (url) => url });
    return shared[KEY].createScriptURL(address) as string; // a TrustedScriptURL, which these sinks take as text
  } catch {
    return address;
  }
}
