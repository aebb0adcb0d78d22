/** Hue in degrees, saturation and lightness in 0..1. */
export interface Hsl {
  readonly h: number;
  readonly s: number;
  readonly l: number;
}

/** @param hex six digits with a leading '#', as the catalogue's parser guarantees */
export function toHsl(hex: string): Hsl {
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  const [r, g, b] = [channel(1), channel(3), channel(5)];
  const max = Math.max(r, g, b);
  const min = Math.min(r, g, b);
  const l = (max + min) / 2;
  const d = max - min;
  if (d === 0) return { h: 0, s: 0, l };
  const s = d / (1 - Math.abs(2 * l - 1));
  const sixth = max === r ? ((g - b) / d + 6) % 6 : max === g ? (b - r) / d + 2 : (r - g) / d + 4;
  return { h: sixth * 60, s, l };
}

/** A CSS colour; everything out of range is brought back into it, so callers can add and subtract freely. */
export function css({ h, s, l }: Hsl): string {
  const part = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 100);
  return `hsl(${Math.round(((h % 360) + 360) % 360)},${part(s)}%,${part(l)}%)`;
}

export function lighter(colour: Hsl, by: number): Hsl {
  return { ...colour, l: Math.min(0.97, Math.max(0.03, colour.l + by)) };
}
