import { skirtFolds } from './dresses.ts';
import { bothSides, symmetric } from './path.ts';
import type { Draw, Pen } from './pen.ts';

interface Legs {
  /** Half width of the waist, hip, and where each leg's hem begins and ends, in px from the axis. */
  readonly waist: number;
  readonly hip: number;
  readonly outer: number;
  readonly inner: number;
  readonly hem: number;
}

function legs(pen: Pen, { waist, hip, outer, inner, hem }: Legs): string {
  const knee = (hip + outer) / 2;
  /** The height at a share of the way from the hip to the hem. */
  const at = (share: number) => Math.round(168 + (hem - 168) * share);
  return (
    pen.inside(`M${-waist} 62 Q0 50 ${waist} 62 Q0 76 ${-waist} 62Z`) +
    pen.cloth(
      symmetric(
        `M0 72 Q40 71 ${waist} 62 C${waist + 6} 98 ${hip} 130 ${hip} 168 C${knee + 2} ${at(0.3)} ${outer - 2} ${at(0.64)} ${outer} ${hem} Q${(outer + inner) / 2} ${hem + 7} ${inner} ${hem + 4} C${inner - 8} ${at(0.66)} 8 ${at(0.36)} 0 208`,
      ),
    ) +
    pen.fold(`M-3 206 C-20 220 -40 226 -${hip - 10} 224 C-50 236 -22 238 -2 232 Z`) +
    bothSides(
      pen.fold(
        `M2 208 C10 ${at(0.4)} ${inner} ${at(0.7)} ${inner + 2} ${hem} L${inner + 14} ${hem} C${inner + 8} ${at(0.7)} 22 ${at(0.4)} 8 216 Z`,
      ) +
        pen.gleam(
          `M${hip * 0.62} 180 C${hip * 0.7} ${at(0.3)} ${(outer + inner) / 2 + 6} ${at(0.6)} ${(outer + inner) / 2 + 8} ${hem - 12} C${(outer + inner) / 2 - 8} ${at(0.6)} ${hip * 0.44} ${at(0.3)} ${hip * 0.5} 190 Z`,
        ),
    ) +
    pen.trim(symmetric(`M0 72 Q40 71 ${waist} 62 L${waist + 3} 82 Q40 91 0 92`)) +
    pen.button(0, 82, 4.2)
  );
}

function jeans(shape: Legs): Draw {
  const { waist, hip, outer, inner, hem } = shape;
  return (pen) =>
    legs(pen, shape) +
    pen.stitch(`M${-waist} 80 Q0 94 ${waist} 80`) +
    pen.seam('M0 92 L0 206') +
    pen.stitch('M15 93 L15 148 Q14 172 2 180') +
    bothSides(
      pen.seam(`M30 90 C34 122 58 128 ${hip - 4} 120`) +
        pen.stitch(`M27 91 C30 128 58 133 ${hip - 4} 125`) +
        pen.stitch(`M${hip - 3} 150 C${(hip + outer) / 2 - 2} 250 ${outer - 6} 350 ${outer - 4} ${hem}`) +
        pen.stitch(`M${outer} ${hem - 9} Q${(outer + inner) / 2} ${hem - 2} ${inner} ${hem - 5}`) +
        pen.trim(`M42 66 l7 -1 l2 24 l-7 1 Z`) +
        pen.button(34, 102, 1.8),
    ) +
    pen.stitch('M40 112 L42 128 M40 112 L62 110');
}

function trousers(shape: Legs, pleats: boolean): Draw {
  const { waist, hip, outer, inner, hem } = shape;
  const middle = (outer + inner) / 2;
  return (pen) =>
    legs(pen, shape) +
    pen.seam('M0 92 L0 206 M9 93 L9 160') +
    bothSides(
      pen.seam(`M${waist - 4} 88 L${hip - 4} 148`) +
        pen.seam(`M${hip * 0.46} ${pleats ? 92 : 200} C${hip * 0.5} 230 ${middle} 340 ${middle} ${hem + 4}`) +
        (pleats ? pen.fold(`M${hip * 0.44} 92 L${hip * 0.5} 190 L${hip * 0.36} 92 Z`) : '') +
        pen.trim('M44 65 l6 -1 l2 22 l-6 1 Z'),
    );
}

const shorts: Draw = (pen) =>
  '<g transform="translate(0 66)">' +
  trousers({ waist: 68, hip: 92, outer: 108, inner: 16, hem: 298 }, true)(pen) +
  '</g>';

function waistband(pen: Pen, half: number): string {
  return pen.trim(symmetric(`M0 96 Q${half * 0.6} 95 ${half} 86 L${half + 3} 108 Q${half * 0.6} 117 0 118`));
}

const inside = 'M-62 86 Q0 74 62 86 Q0 100 -62 86Z';

const miniSkirt: Draw = (pen) =>
  '<g transform="translate(0 40)">' +
  pen.inside(inside) +
  pen.cloth(symmetric('M0 96 Q40 95 62 86 C76 140 96 230 108 306 Q54 324 0 324')) +
  skirtFolds(pen, 116, 314, 92) +
  pen.stitch('M-106 294 Q0 328 106 294') +
  pen.seam('M-7 118 L-7 324 M7 118 L7 324') +
  [140, 178, 216, 254, 292].map((y) => pen.button(0, y, 4.4)).join('') +
  bothSides(pen.seam('M30 116 C34 146 54 154 80 148') + pen.stitch('M27 117 C30 151 54 159 81 153')) +
  waistband(pen, 62) +
  pen.button(0, 107, 4.4) +
  '</g>';

const pleatedSkirt: Draw = (pen) => {
  let pleats = '';
  for (let i = -6; i <= 6; i++) {
    const [top, low] = [i * 9.4, i * 19.4];
    const hem = 432 - i * i * 0.5;
    pleats +=
      pen.fold(`M${top} 118 L${low} ${hem} L${low + 8} ${hem} Z`) + pen.seam(`M${top} 116 L${low} ${hem}`);
  }
  return (
    pen.inside(inside) +
    pen.cloth(
      symmetric(
        'M0 96 Q40 95 62 86 C78 150 108 300 130 410 L118 420 L108 416 L98 425 L88 421 L78 429 L68 425 L58 432 L46 428 L36 435 L24 431 L12 436 L0 432',
      ),
    ) +
    pleats +
    waistband(pen, 62)
  );
};

const slipSkirt: Draw = (pen) =>
  pen.inside(inside) +
  pen.cloth(symmetric('M0 96 Q40 95 62 86 C84 130 92 170 92 210 C96 290 106 370 114 436 Q54 452 0 452')) +
  pen.fold('M-80 150 C-40 190 20 210 88 224 C20 222 -50 204 -84 176 Z') +
  pen.fold('M-90 250 C-40 290 30 320 98 340 C30 334 -48 306 -92 274 Z') +
  skirtFolds(pen, 120, 446, 100) +
  waistband(pen, 62);

const tieredSkirt: Draw = (pen) => {
  const gathers = (from: number, half: number) =>
    pen.seam(
      [...Array(19).keys()]
        .map((i) => `M${((i - 9) / 9) * half} ${from + (1 - ((i - 9) / 9) ** 2) * 9} l${(i - 9) * 0.7} 17`)
        .join(''),
    );
  return (
    pen.inside(inside) +
    pen.cloth(symmetric('M0 96 Q40 95 62 86 C74 126 84 166 90 204 Q44 216 0 216')) +
    skirtFolds(pen, 116, 208, 80) +
    pen.cloth(symmetric('M0 214 Q46 214 90 202 C100 246 108 284 113 320 Q56 334 0 334')) +
    skirtFolds(pen, 214, 326, 104) +
    pen.cloth(symmetric('M0 332 Q58 332 113 318 C122 360 130 396 134 430 Q66 452 0 452')) +
    skirtFolds(pen, 330, 444, 126) +
    gathers(204, 86) +
    gathers(322, 108) +
    waistband(pen, 62) +
    pen.cord('M-4 108 C-16 128 -18 150 -22 170 M-4 108 C4 130 8 148 8 164', 3.4)
  );
};

export const bottoms = {
  'straight-jeans': jeans({ waist: 62, hip: 84, outer: 92, inner: 34, hem: 452 }),
  'wide-jeans': jeans({ waist: 60, hip: 84, outer: 122, inner: 26, hem: 456 }),
  'slim-jeans': jeans({ waist: 62, hip: 80, outer: 70, inner: 32, hem: 450 }),
  'pleated-trousers': trousers({ waist: 60, hip: 90, outer: 84, inner: 38, hem: 448 }, true),
  'wide-trousers': trousers({ waist: 60, hip: 84, outer: 128, inner: 22, hem: 458 }, true),
  chinos: trousers({ waist: 62, hip: 82, outer: 76, inner: 32, hem: 448 }, false),
  shorts,
  'mini-skirt': miniSkirt,
  'pleated-skirt': pleatedSkirt,
  'slip-skirt': slipSkirt,
  'tiered-skirt': tieredSkirt,
} satisfies Record<string, Draw>;
