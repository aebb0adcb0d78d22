/** Whether a database of that name is on this device. Browsers that do not tell (Firefox before 126) count as none. */
export async function hasDatabase(name: string): Promise<boolean> {
  try {
    return ((await indexedDB.databases?.()) ?? []).some((known) => known.name === name);
  } catch {
    return false; // no IndexedDB here: nothing was ever stored
  }
}
