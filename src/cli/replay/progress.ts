/** What is being done, for the one who waits. */
export interface Progress {
  show(text: string): void;
  clear(): void;
}

const TERMINAL_PAUSE_MS = 100;
const LOG_PAUSE_MS = 5000;

/** One line that is rewritten on a terminal; a new line every few seconds in a log, and none for what is quick. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  const pauseMs = stream.isTTY ? TERMINAL_PAUSE_MS : LOG_PAUSE_MS;
  let shownAt = Date.now();
  let isShown = false;
  return {
    show(text) {
      const now = Date.now();
      if (now - shownAt < pauseMs) return;
      shownAt = now;
      isShown = true;
      stream.write(stream.isTTY ? `\r\u001b[2K${text}` : `${text}\n`);
    },
    clear() {
      if (stream.isTTY && isShown) stream.write('\r\u001b[2K');
    },
  };
}
