import { bottoms } from './bottoms.ts';
import { carried } from './carried.ts';
import { css, type Hsl, toHsl } from './colour.ts';
import { dresses } from './dresses.ts';
import { fabricDefs } from './fabric.ts';
import { outerwear } from './outerwear.ts';
import { createPen } from './pen.ts';
import { shoes } from './shoes.ts';
import { tops } from './tops.ts';

const silhouettes = { ...tops, ...dresses, ...outerwear, ...bottoms, ...shoes, ...carried };

/** Everything that can be drawn; a product's `style` is one of these. */
export type Style = keyof typeof silhouettes;

export function isStyle(value: unknown): value is Style {
  return typeof value === 'string' && Object.hasOwn(silhouettes, value);
}

interface PictureOf {
  readonly style: Style;
  /** '#rrggbb' */
  readonly hex: string;
  readonly pattern: string;
  readonly material: string;
  /** Picks among the variants of a pattern and a backdrop; any whole number. */
  readonly variant: number;
}

/** One product as an SVG document of 400 by 500, drawn from its attributes alone: the same input, the same picture. */
export function drawPicture({ style, hex, pattern, material, variant }: PictureOf): string {
  const base = toHsl(hex);
  const hasPattern = pattern !== 'plain';
  const backdrop = backdropFor(base, variant);
  const shadow = css({ h: backdrop.h, s: 0.35, l: 0.16 });
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 500" width="400" height="500"><defs>' +
    fabricDefs(base, material, pattern, variant) +
    `<radialGradient id="wall" cx=".36" cy=".3" r=".95"><stop offset="0" stop-color="${css({ ...backdrop, l: backdrop.l + 0.055 })}"/>` +
    `<stop offset=".6" stop-color="${css(backdrop)}"/><stop offset="1" stop-color="${css({ ...backdrop, l: backdrop.l - 0.06 })}"/></radialGradient>` +
    `<filter id="drop" x="-20%" y="-20%" width="140%" height="140%"><feDropShadow dx="7" dy="13" stdDeviation="9" ` +
    `flood-color="${shadow}" flood-opacity=".34"/></filter></defs>` +
    `<rect width="400" height="500" fill="url(#wall)"/><g transform="translate(200 0)" filter="url(#drop)" stroke-linejoin="round">` +
    `${silhouettes[style](createPen({ base, material, hasPattern }))}</g></svg>`
  );
}

/** A wall that lets the colour stand out: a pale neighbour of it, or a deeper one behind something pale. */
function backdropFor(base: Hsl, variant: number): Hsl {
  const isNeutral = base.s < 0.14 || base.l > 0.9 || base.l < 0.14;
  const h = isNeutral
    ? ([38, 215, 265, 150, 12][variant % 5] ?? 38)
    : base.h + ([14, -24, 172, 30][variant % 4] ?? 0);
  const s = 0.2 + (variant % 3) * 0.07;
  return base.l > 0.74 ? { h, s: s * 0.85, l: 0.77 } : { h, s, l: 0.875 };
}
