import { css, type Hsl, lighter } from './colour.ts';

/**
 * What silhouettes are drawn with. Every method takes path data and gives SVG; the axis x = 0 is the middle of the
 * picture, y runs from 0 to 500. The pen knows the colour and the material, the silhouette only the form.
 */
export interface Pen {
  /** A piece of the garment in its cloth: colour, weave, pattern, volume and outline. */
  cloth(d: string, grain?: 'straight' | 'sleeve'): string;
  /** The same cloth a little darker, for ribs, bands, soles' edges and other trims; without the pattern. */
  trim(d: string): string;
  /** The inside that is seen through a neck or a waist. */
  inside(d: string): string;
  /** A plain piece in a given colour: rubber, lining, elastic. */
  plain(d: string, fill: string): string;
  seam(d: string): string;
  /** A dashed line of thread; denim gets the ochre one. */
  stitch(d: string): string;
  /** A soft crease or shade, as a filled form. */
  fold(d: string): string;
  /** A soft light, as a filled form. */
  gleam(d: string): string;
  button(x: number, y: number, r?: number): string;
  /** A stroke of metal: zip, buckle, hook. */
  metal(d: string, width?: number): string;
  /** A stroke in the cloth's colour: strap, lace, tie. */
  cord(d: string, width: number): string;
}

/** One silhouette. */
export type Draw = (pen: Pen) => string;

interface Cloth {
  readonly base: Hsl;
  readonly material: string;
  readonly hasPattern: boolean;
}

export function createPen({ base, material, hasPattern }: Cloth): Pen {
  const isDark = base.l < 0.24;
  // On very dark cloth a darker line vanishes, so seams are drawn lighter there.
  const line = css(isDark ? lighter(base, 0.2) : { ...lighter(base, -0.3), s: base.s * 0.9 });
  const outline = css(isDark ? lighter(base, -0.1) : lighter(base, -0.22));
  const trim = css(lighter(base, isDark ? 0.05 : -0.07));
  const inside = css({ ...lighter(base, isDark ? -0.06 : -0.26), s: base.s * 0.8 });
  const thread = material === 'denim' ? 'hsl(34,62%,58%)' : line;
  const buttonFill = base.l > 0.6 ? css({ h: 32, s: 0.24, l: 0.42 }) : css({ h: 40, s: 0.24, l: 0.86 });

  const layers = (d: string, fill: string, pattern: string) =>
    `<path d="${d}" fill="${fill}"/>${pattern && `<path d="${d}" fill="url(#${pattern})"/>`}` +
    `<path d="${d}" fill="url(#weave)"/><path d="${d}" fill="url(#volume)"/>` +
    `<path d="${d}" fill="url(#light)" stroke="${outline}" stroke-opacity=".55" stroke-width="1.1"/>`;

  return {
    cloth: (d, grain = 'straight') => layers(d, css(base), hasPattern ? `pattern-${grain}` : ''),
    trim: (d) => layers(d, trim, ''),
    inside: (d) => `<path d="${d}" fill="${inside}"/>`,
    plain: (d, fill) =>
      `<path d="${d}" fill="${fill}"/><path d="${d}" fill="url(#volume)" stroke="#000" stroke-opacity=".22"/>`,
    seam: (d) => `<path d="${d}" fill="none" stroke="${line}" stroke-opacity=".6" stroke-width="1.4"/>`,
    stitch: (d) =>
      `<path d="${d}" fill="none" stroke="${thread}" stroke-opacity=".8" stroke-width="1.3" stroke-dasharray="4 2.6"/>`,
    fold: (d) => `<path d="${d}" fill="#0b0716" fill-opacity="${isDark ? 0.34 : 0.15}" filter="url(#soft)"/>`,
    gleam: (d) => `<path d="${d}" fill="#fff" fill-opacity="${isDark ? 0.1 : 0.2}" filter="url(#soft)"/>`,
    button: (x, y, r = 3.6) =>
      `<circle cx="${x + 0.6}" cy="${y + 1.2}" r="${r}" fill="#000" fill-opacity=".28"/>` +
      `<circle cx="${x}" cy="${y}" r="${r}" fill="${buttonFill}"/>` +
      `<circle cx="${x}" cy="${y}" r="${r * 0.55}" fill="none" stroke="#000" stroke-opacity=".3" stroke-width=".8"/>`,
    metal: (d, width = 2.4) =>
      `<path d="${d}" fill="none" stroke="#6c6557" stroke-width="${width + 1}" stroke-linecap="round"/>` +
      `<path d="${d}" fill="none" stroke="#d8cfb8" stroke-width="${width}" stroke-linecap="round"/>`,
    cord: (d, width) =>
      `<path d="${d}" fill="none" stroke="${outline}" stroke-width="${width + 1.4}" stroke-linecap="round"/>` +
      `<path d="${d}" fill="none" stroke="${trim}" stroke-width="${width}" stroke-linecap="round"/>`,
  };
}
