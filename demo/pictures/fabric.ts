import { css, type Hsl, lighter } from './colour.ts';

/** `<defs>` for one cloth: its weave by material, its printed or woven pattern, and how light falls on it. */
export function fabricDefs(base: Hsl, material: string, pattern: string, variant: number): string {
  return (
    printed('pattern-straight', 0, base, pattern, variant) +
    printed('pattern-sleeve', -20, base, pattern, variant) +
    weave(material, base) +
    light(material) +
    // Each piece of a garment is a little darker towards both edges: that alone makes it look round.
    '<linearGradient id="volume"><stop offset="0" stop-color="#0b0716" stop-opacity=".17"/>' +
    '<stop offset=".2" stop-color="#0b0716" stop-opacity="0"/><stop offset=".78" stop-color="#0b0716" stop-opacity="0"/>' +
    '<stop offset="1" stop-color="#0b0716" stop-opacity=".2"/></linearGradient>' +
    '<filter id="soft" x="-60%" y="-30%" width="220%" height="160%"><feGaussianBlur stdDeviation="4.5"/></filter>'
  );
}

/** The second colour of a pattern: cream on the dark, ink or a friendly contrast on the light. */
function accents(base: Hsl, variant: number): [string, string] {
  const turn = [150, -60, 40, 200][variant % 4] ?? 150;
  if (base.l > 0.72) {
    const ink = [
      { h: 222, s: 0.5, l: 0.3 },
      { h: 352, s: 0.5, l: 0.42 },
      { h: 152, s: 0.32, l: 0.3 },
    ][variant % 3];
    return [css(ink ?? base), css({ h: (ink?.h ?? 0) + turn, s: 0.5, l: 0.62 })];
  }
  return [css({ h: 42, s: 0.5, l: 0.93 }), css({ h: base.h + turn, s: 0.55, l: base.l < 0.4 ? 0.72 : 0.84 })];
}

function printed(id: string, turn: number, base: Hsl, pattern: string, variant: number): string {
  const [first, second] = accents(base, variant);
  const tile = (w: number, h: number, body: string) =>
    `<pattern id="${id}" width="${w}" height="${h}" patternUnits="userSpaceOnUse" ` +
    `patternTransform="rotate(${turn})">${body}</pattern>`;
  switch (pattern) {
    case 'striped':
      return variant % 2 === 0
        ? tile(24, 24, `<path d="M0 6h24" stroke="${first}" stroke-width="6.5" stroke-opacity=".92"/>`)
        : tile(14, 14, `<path d="M4 0v14" stroke="${first}" stroke-width="2" stroke-opacity=".8"/>`);
    case 'checked':
      return variant % 2 === 0
        ? tile(
            26,
            26,
            `<path d="M0 0h13v26h-13z" fill="${first}" fill-opacity=".5"/><path d="M0 0h26v13h-26z" fill="${first}" fill-opacity=".5"/>`,
          )
        : tile(
            48,
            48,
            `<path d="M0 10h48M10 0v48" stroke="${css(lighter(base, -0.16))}" stroke-width="13" stroke-opacity=".55"/>` +
              `<path d="M0 34h48M34 0v48" stroke="${first}" stroke-width="2" stroke-opacity=".75"/>` +
              `<path d="M0 27h48M27 0v48" stroke="${second}" stroke-width="3.5" stroke-opacity=".6"/>`,
          );
    case 'dotted':
      return tile(
        22,
        22,
        `<circle cx="5.5" cy="5.5" r="${variant % 2 === 0 ? 2.4 : 3.6}" fill="${first}"/>` +
          `<circle cx="16.5" cy="16.5" r="${variant % 2 === 0 ? 2.4 : 3.6}" fill="${first}"/>`,
      );
    case 'floral':
      return tile(
        54,
        54,
        flower(14, 15, 5.4, first, second) +
          flower(41, 39, 4.4, second, first) +
          flower(43, 10, 2.8, first, first) +
          flower(13, 43, 3, second, first) +
          `<path d="M22 22q8 2 9 9q-8 0-9-9zM32 47q-7-3-12 1q7 5 12-1zM28 8q4-6 9-4q-2 6-9 4z" ` +
          `fill="${css({ h: 130, s: 0.25, l: base.l > 0.5 ? 0.38 : 0.66 })}" fill-opacity=".85"/>`,
      );
    default:
      return '';
  }
}

function flower(x: number, y: number, r: number, petal: string, heart: string): string {
  let petals = '';
  for (let i = 0; i < 5; i++) {
    const angle = (i * 2 * Math.PI) / 5 - Math.PI / 2;
    const [cx, cy] = [x + Math.cos(angle) * r * 0.85, y + Math.sin(angle) * r * 0.85];
    petals += `<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="${(r * 0.72).toFixed(1)}" fill="${petal}"/>`;
  }
  const edge = petal === heart ? '#c79a3b' : heart;
  return `${petals}<circle cx="${x}" cy="${y}" r="${(r * 0.5).toFixed(1)}" fill="${edge}"/>`;
}

function weave(material: string, base: Hsl): string {
  const dark = css(lighter(base, -0.14));
  const pale = css(lighter(base, 0.14));
  const tile = (w: number, h: number, body: string, turn = 0) =>
    `<pattern id="weave" width="${w}" height="${h}" patternUnits="userSpaceOnUse" ` +
    `patternTransform="rotate(${turn})">${body}</pattern>`;
  const stroke = (d: string, colour: string, width: number, opacity: number) =>
    `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-opacity="${opacity}"/>`;
  switch (material) {
    case 'denim':
      return tile(4, 4, stroke('M0 1h4', pale, 1.1, 0.34) + stroke('M0 3h4', dark, 0.8, 0.25), -58);
    case 'lambswool':
    case 'merino':
    case 'alpaca':
    case 'cotton knit': {
      const size = material === 'merino' ? 6 : 9;
      const half = size / 2;
      const v = `M0 0L${half} ${half}L${size} 0`;
      return tile(
        size,
        half + 1,
        stroke(v, dark, 1.3, 0.42) + stroke(`M0 1.6L${half} ${half + 1.6}L${size} 1.6`, pale, 0.9, 0.28),
      );
    }
    case 'corduroy':
      return tile(7, 7, stroke('M2 0v7', dark, 1.8, 0.4) + stroke('M5 0v7', pale, 1.6, 0.28));
    case 'linen':
      return tile(9, 7, stroke('M0 1h6M3 4.6h6', dark, 0.7, 0.3) + stroke('M2 0v5M6.5 2v5', pale, 0.7, 0.36));
    case 'wool':
    case 'tweed':
      return tile(
        8,
        8,
        stroke('M0 0L4 4L8 0M0 4L4 8L8 4', dark, 1, 0.26) + stroke('M1 6h1M5 2h1.4', pale, 1.2, 0.5),
      );
    case 'canvas':
    case 'straw':
      return tile(
        5,
        5,
        stroke('M0 .8h2.6M2.5 3.3h2.5', dark, 1, 0.3) + stroke('M.8 2v3M3.3 0v2.6', pale, 0.9, 0.34),
      );
    default:
      return tile(4, 4, '');
  }
}

/** Light across the whole garment, from the upper left; satin and leather shine, wool hardly does. */
function light(material: string): string {
  const gradient = (stops: readonly (readonly [number, string, number])[], to: string) =>
    `<linearGradient id="light" gradientUnits="userSpaceOnUse" x1="-120" y1="60" ${to}>` +
    stops
      .map(([at, colour, alpha]) => `<stop offset="${at}" stop-color="${colour}" stop-opacity="${alpha}"/>`)
      .join('') +
    '</linearGradient>';
  if (['satin', 'silk', 'viscose'].includes(material)) {
    const s = material === 'viscose' ? 0.6 : 1;
    return gradient(
      [
        [0, '#fff', 0.18 * s],
        [0.2, '#fff', 0.34 * s],
        [0.34, '#000', 0.05],
        [0.5, '#fff', 0.24 * s],
        [0.66, '#000', 0.12 * s],
        [0.82, '#fff', 0.1 * s],
        [1, '#000', 0.2],
      ],
      'x2="150" y2="330"',
    );
  }
  if (['leather', 'suede', 'nylon', 'recycled nylon'].includes(material)) {
    const s = material === 'suede' ? 0.5 : 1;
    return gradient(
      [
        [0, '#fff', 0.2 * s],
        [0.3, '#fff', 0.3 * s],
        [0.45, '#fff', 0],
        [0.7, '#000', 0.1],
        [1, '#000', 0.24],
      ],
      'x2="140" y2="440"',
    );
  }
  return gradient(
    [
      [0, '#fff', 0.17],
      [0.42, '#fff', 0.03],
      [0.6, '#000', 0.02],
      [1, '#000', 0.17],
    ],
    'x2="150" y2="440"',
  );
}
