/** Whether the address turns Reshelf off for this page (`?reshelf=off`): nothing runs, nothing is read or written. */
export const isOff = (): boolean => /[?&]reshelf=off/.test(location.search);
