/** How often each kind of trouble was met on this device, by its code. */
export type Diagnostics = Readonly<Record<string, number>>;

/** Counts trouble on the device: codes and numbers, nothing of what anybody looked at. */
export interface DiagnosticsRecord {
  read(): Diagnostics;
  /** One more of this kind. */
  count(code: string): void;
  /** At the end of a grant, and when the shopper forgets. */
  wipe(): void;
}

/** Any script of the page may send our event; what it sends is held to codes, and to few. */
const CODE = /^[a-z-]+\/[a-z-]{1,40}$/;
const MAX_CODES = 40;

/** @param name what everything of this shop is named by on the device */
export function createDiagnostics(name: string): DiagnosticsRecord {
  const key = `${name}:diagnostics`;
  function read(): Diagnostics {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
      const counts = Object.entries(stored as object).filter(([, count]) => Number.isSafeInteger(count));
      return Object.fromEntries(counts) as Diagnostics; // only numbers are left
    } catch {
      return {}; // storage refused, or a record that is none of ours
    }
  }
  return {
    read,
    count(code) {
      const known = read();
      if (!CODE.test(code) || (!(code in known) && Object.keys(known).length >= MAX_CODES)) return;
      try {
        localStorage.setItem(key, JSON.stringify({ ...known, [code]: (known[code] ?? 0) + 1 }));
      } catch {
        // storage is full or refused: it was told, and is not counted
      }
    },
    wipe() {
      try {
        localStorage.removeItem(key);
      } catch {
        // storage refused: then nothing is kept there either
      }
    },
  };
}
