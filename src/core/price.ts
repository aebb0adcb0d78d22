/** A price as shops write it: "1.299,00 €", "$1,299.00", "49.9". A mark before exactly three digits parts thousands. */
export function toPrice(value: unknown): number | undefined {
  if (typeof value !== 'string') return Number.isFinite(value) ? (value as number) : undefined;
  const digits = /\d{1,3}(?:\s\d{3}(?!\d))+(?:[.,]\d+)?|\d[\d.,'’]*/
    .exec(value)?.[0]
    .replace(/[^\d.,]/g, '')
    .replace(/[.,](?=\d{3}(?!\d))/g, '')
    .replace(',', '.');
  return digits ? Number.parseFloat(digits) : undefined;
}

/** A price meant for machines, whose decimal mark is "."; what is not written so is read as text of the shop. */
export const toMachinePrice = (value: unknown): number | undefined =>
  typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : toPrice(value);
