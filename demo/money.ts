const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** "€109.00" */
export function formatCents(cents: number): string {
  return euros.format(cents / 100);
}
