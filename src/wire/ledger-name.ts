/** The name of the ledger's database, beside the shopper's own; models that were adopted are in its store `models`. */
export const ledgerName = (databaseName: string): string => `${databaseName}-ledger`;
