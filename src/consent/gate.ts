import { type ConsentReceipt, grants, type Purpose } from '../core/receipt.ts';

export type Stop = () => void;

/** Starts closed; work for a purpose exists only while it is granted. */
export interface ConsentGate {
  /** `start` runs on each grant, and what it returns runs on withdrawal. No listener exists before a grant. */
  during(purpose: Purpose, start: () => Stop): void;
  /** The receipt in force, or `null`: nobody has answered. */
  update(receipt: ConsentReceipt | null): void;
}

export function createConsentGate(): ConsentGate {
  let inForce: ConsentReceipt | null = null;
  const works: { purpose: Purpose; start: () => Stop; stop: Stop | undefined }[] = [];
  const settle = () => {
    for (const work of works) {
      if (grants(inForce, work.purpose)) work.stop ??= work.start();
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
    update(receipt) {
      inForce = receipt;
      settle();
    },
  };
}
