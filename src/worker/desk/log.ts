import type { AuditEntry, LogEntry } from '../../core/audit.ts';
import { hashOf } from '../../core/canonical.ts';
import type { Database } from '../../store/database.ts';
import type { DeskLog } from '../../wire/desk-api.ts';

/**
 * Chains the entries that are not chained yet, oldest first, and gives the whole log. Hashing cannot happen inside a
 * transaction (IndexedDB closes it while a promise of another kind is awaited), so the database is asked again before writing.
 */
export async function sealLog(db: Database): Promise<DeskLog> {
  const keys = await db.getAllKeys('audit');
  const entries: LogEntry[] = [];
  for (const key of keys) {
    const entry = await db.get('audit', key);
    if (entry === undefined) continue;
    const chained = isChained(entry) ? entry : await chain(entry, entries.at(-1)?.hash ?? '');
    if (!isChained(entry)) await putIfUnchained(db, key, chained);
    entries.push(chained);
  }
  const receipts = (await db.getAll('receipts')).sort((a, b) => a.at - b.at || a.seq - b.seq);
  return { entries, receipts };
}

const isChained = (entry: AuditEntry): entry is LogEntry => entry.hash !== undefined;

async function chain(entry: AuditEntry, previousHash: string): Promise<LogEntry> {
  const unsigned = { at: entry.at, action: entry.action, counts: entry.counts, previousHash };
  return { ...unsigned, hash: await hashOf(unsigned) };
}

/** Another tab may have chained it in the meantime. */
async function putIfUnchained(db: Database, key: number, chained: LogEntry): Promise<void> {
  const tx = db.transaction('audit', 'readwrite');
  const now = await tx.store.get(key);
  if (now !== undefined && !isChained(now))
    await tx.store.put({ ...now, ...chained, action: now.action }, key);
  await tx.done;
}
