/**
 * The whole outline of something symmetrical, from its right half.
 * @param half absolute M, L, C and Q commands, from the top on the axis (x = 0) down to the axis again
 * @throws SyntaxError on any other command: a silhouette with a typing error should fail when it is drawn first
 */
export function symmetric(half: string): string {
  const segments: { command: string; numbers: number[] }[] = [];
  for (const [, command, rest] of half.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    if (!command || !'MLCQ'.includes(command)) throw new SyntaxError(`path command ${command} in "${half}"`);
    segments.push({
      command,
      numbers: (rest ?? '')
        .trim()
        .split(/[\s,]+/)
        .map(Number),
    });
  }
  let back = '';
  for (let i = segments.length - 1; i > 0; i--) {
    const { command, numbers } = segments[i] as { command: string; numbers: number[] };
    const controls = pairs(numbers.slice(0, -2)).reverse();
    const target = pairs((segments[i - 1]?.numbers ?? []).slice(-2));
    back += ` ${command}${[...controls, ...target].map(([x, y]) => `${-x} ${y}`).join(' ')}`;
  }
  return `${half}${back} Z`;
}

function pairs(numbers: readonly number[]): [number, number][] {
  const result: [number, number][] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) result.push([numbers[i] ?? 0, numbers[i + 1] ?? 0]);
  return result;
}

/** The same drawing on both sides of the axis x = 0. */
export function bothSides(drawing: string): string {
  return `${drawing}<g transform="scale(-1 1)">${drawing}</g>`;
}
