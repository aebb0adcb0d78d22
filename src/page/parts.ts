/** Where files leave what they hold: a registered symbol, so that no second name appears on the shop's page. */
const shared = globalThis as unknown as { [KEY]?: Record<string, unknown> };
const KEY: unique symbol = Symbol.for('reshelf') as never;

/** Called by a file of Reshelf when it runs: leaves what it holds, by name. */
export function leaveParts(parts: Record<string, unknown>): void {
  shared[KEY] = { ...shared[KEY], ...parts };
}

/** What a file has left on this page under that name, if it has run. */
export const partOf = <Part>(name: string): Part | undefined => shared[KEY]?.[name] as Part | undefined;
