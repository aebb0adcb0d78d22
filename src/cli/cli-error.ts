/** A failure that the person at the terminal can mend; `main` prints its message without a stack. */
export class CliError extends Error {
  override readonly name = 'CliError';
}

/** A failure at one line of a file, in the `file:line: message` form that editors turn into a link. */
export function errorAt(file: string, line: number, message: string): CliError {
  return new CliError(`${file}:${line}: ${message}`);
}
