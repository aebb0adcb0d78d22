export interface Progress {
  show(text: string): void;
  clear(): void;
}

const PAUSE_MS = 200;

/** What is being done, on the terminal's last line; nothing where nobody watches. */
export function createProgress(): Progress {
  const { stderr } = process;
  let shownAt = 0;
  return {
    show(text) {
      if (!stderr.isTTY || Date.now() - shownAt < PAUSE_MS) return;
      shownAt = Date.now();
      stderr.write(`\r\u001b[2K${text}`);
    },
    clear() {
      if (stderr.isTTY) stderr.write('\r\u001b[2K');
    },
  };
}
