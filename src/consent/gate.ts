import { PURPOSES, type Purpose } from '../core/receipt.ts';

export type Stop = () => void;

/** Starts closed; work for a purpose exists only while it is effective. */
export interface ConsentGate {
  /** `start` runs on each opening, and what it returns runs on closing. No listener exists before. */
  during(purpose: Purpose, start: () => Stop): void;
  /** Which purposes may work now. */
  update(isOpen: (purpose: Purpose) => boolean): void;
}

export function createConsentGate(): ConsentGate {
  let open: readonly Purpose[] = [];
  const works: { purpose: Purpose; start: () => Stop; stop: Stop | undefined }[] = [];
  const settle = () => {
    for (const work of works) {
      if (open.includes(work.purpose)) work.stop ??= work.start();
      else {
        const stop = work.stop;
        work.stop = undefined;
        stop?.();
      }
    }
  };
  return {
    during(purpose, start) {
      works.push({ purpose, start, stop: undefined });
      settle();
    },
    update(isOpen) {
      open = PURPOSES.filter(isOpen);
      settle();
    },
  };
}
