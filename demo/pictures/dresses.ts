import { bothSides, symmetric } from './path.ts';
import type { Draw, Pen } from './pen.ts';
import { collar, hanger } from './tops.ts';

/** Long creases of a skirt that falls from `waist` and opens to `half` width at `hem`. */
export function skirtFolds(pen: Pen, waist: number, hem: number, half: number): string {
  const crease = (from: number, to: number) =>
    pen.fold(
      `M${from * half} ${waist + 6} C${((from + to) / 2) * half} ${waist + 70} ${to * half} ${hem - 90} ${to * half} ${hem}` +
        ` L${(to + 0.1) * half} ${hem} C${(to + 0.05) * half} ${hem - 90} ${from * half + 4} ${waist + 90} ${from * half} ${waist + 6} Z`,
    );
  return (
    crease(-0.3, -0.78) +
    crease(-0.14, -0.36) +
    crease(0.08, 0.14) +
    crease(0.3, 0.62) +
    pen.gleam(
      `M${-0.2 * half} ${waist + 20} C${-0.4 * half} ${waist + 90} ${-0.56 * half} ${hem - 60} ${-0.58 * half} ${hem}` +
        ` L${-0.46 * half} ${hem} C${-0.42 * half} ${hem - 80} ${-0.24 * half} ${waist + 90} ${-0.2 * half} ${waist + 20} Z`,
    )
  );
}

const slipDress: Draw = (pen) =>
  hanger(pen, 76) +
  pen.inside('M-51 139 C-36 156 -18 176 0 186 C18 176 36 156 51 139 C30 148 -30 148 -51 139Z') +
  bothSides(pen.cord('M44 86 C46 104 48 122 52 142', 2.6)) +
  pen.cloth(
    symmetric(
      'M0 182 C18 172 36 154 52 138 C60 152 68 166 74 184 C66 214 58 232 58 252 C72 310 92 380 104 448 Q54 460 0 460',
    ),
  ) +
  pen.fold('M-68 186 C-40 220 10 236 54 250 C10 246 -44 232 -66 206 Z') +
  pen.fold('M-56 252 C-30 290 30 330 84 360 C30 346 -34 312 -58 270 Z') +
  skirtFolds(pen, 250, 452, 92) +
  pen.seam('M-52 138 C-36 154 -18 172 0 182 C18 172 36 154 52 138') +
  bothSides(pen.seam('M36 160 C38 174 36 186 30 200'));

const teaDress: Draw = (pen) =>
  pen.inside('M-36 82 C-20 72 20 72 36 82 C26 116 10 140 0 152 C-10 140 -26 116 -36 82Z') +
  hanger(pen, 80) +
  bothSides(
    pen.cloth('M76 98 C106 104 124 138 130 186 Q112 198 94 196 C90 180 86 168 80 158 Z', 'sleeve') +
      pen.fold('M112 186 C112 160 104 134 90 112 C98 140 102 166 102 192 Z'),
  ) +
  pen.cloth(
    symmetric('M0 154 C12 138 28 112 36 84 L76 98 C80 124 84 148 80 170 C70 192 62 210 58 232 L0 236'),
  ) +
  pen.fold('M-76 172 C-50 190 -40 210 -36 232 C-52 214 -66 204 -72 196 Z') +
  pen.fold('M78 170 C56 188 44 208 40 232 C56 214 66 204 72 194 Z') +
  pen.cloth(symmetric('M0 232 L58 228 C80 290 108 372 132 438 C96 456 50 460 0 460')) +
  skirtFolds(pen, 232, 452, 118) +
  pen.trim(symmetric('M0 226 L59 222 L58 238 L0 242')) +
  bothSides(pen.seam('M76 98 C80 124 84 148 80 170') + pen.seam('M28 226 C30 200 26 182 18 170')) +
  pen.seam('M0 154 L0 226') +
  [164, 184, 204].map((y) => pen.button(0, y, 3)).join('') +
  pen.stitch('M-128 430 C-90 446 -50 450 0 450 C50 450 90 446 128 430');

const wrapDress: Draw = (pen) =>
  pen.inside('M-36 82 C-20 72 20 72 36 82 C30 120 16 160 4 190 C-12 160 -30 120 -36 82Z') +
  hanger(pen, 80) +
  bothSides(
    pen.cloth(
      'M76 98 C104 106 118 146 128 196 C136 240 142 270 144 302 L108 310 C104 262 96 214 82 168 Z',
      'sleeve',
    ) + pen.stitch('M142 292 L107 300'),
  ) +
  pen.cloth('M36 84 L76 98 C82 124 86 150 81 172 C70 196 62 214 60 236 L-20 236 C-4 200 24 140 36 84 Z') +
  pen.cloth(
    'M-36 84 L-76 98 C-82 124 -86 150 -81 172 C-70 196 -62 214 -60 236 L46 236 C18 206 -22 140 -36 84 Z',
  ) +
  pen.fold('M-74 174 C-40 196 0 216 40 232 C0 228 -46 212 -72 194 Z') +
  pen.cloth(symmetric('M0 236 L60 232 C78 296 96 376 108 440 Q54 458 0 458')) +
  pen.fold('M30 238 C20 300 34 380 62 450 L48 454 C24 390 12 310 24 238 Z') +
  skirtFolds(pen, 236, 450, 98) +
  pen.seam('M38 240 C30 310 42 390 70 450') +
  pen.trim('M-61 228 L61 226 L60 244 L-60 246 Z') +
  pen.cord('M46 238 C60 266 58 296 66 330 M46 238 C36 262 40 286 34 312', 6) +
  bothSides(pen.seam('M76 98 C82 124 86 150 81 172'));

const shirtDress: Draw = (pen) => {
  let buttons = '';
  for (let y = 134; y < 420; y += 40) if (Math.abs(y - 254) > 16) buttons += pen.button(0, y);
  return (
    '<g transform="translate(0 -8)">' +
    pen.inside('M-38 86 C-20 76 20 76 38 86 C28 104 14 112 0 118 C-14 112 -28 104 -38 86Z') +
    hanger(pen, 88) +
    bothSides(
      pen.cloth(
        'M80 108 C104 116 118 148 128 196 C138 244 146 292 150 340 L118 348 C110 292 100 240 86 186 Z',
        'sleeve',
      ) +
        pen.cloth('M147 318 L151 344 L118 352 L114 326 Z', 'sleeve') +
        pen.button(144, 334, 2.6),
    ) +
    pen.cloth(
      symmetric(
        'M0 116 L38 90 L80 108 C88 136 90 164 86 190 C78 214 70 232 68 250 C82 320 100 390 110 446 C80 462 40 466 0 466',
      ),
    ) +
    pen.fold('M-84 194 C-54 214 -44 232 -40 248 C-56 234 -70 226 -78 218 Z') +
    pen.fold('M84 192 C58 212 46 232 42 248 C58 234 70 226 78 216 Z') +
    skirtFolds(pen, 258, 458, 98) +
    bothSides(
      pen.seam('M80 108 C88 136 90 164 86 190') + pen.cloth('M24 178 L62 178 L62 212 L43 220 L24 212 Z'),
    ) +
    pen.seam('M-8 118 L-8 464 M8 118 L8 464') +
    buttons +
    pen.trim(symmetric('M0 248 L69 244 L68 262 L0 266')) +
    pen.cord('M-6 258 C-24 280 -26 310 -34 344 M-6 258 C-6 286 2 312 0 336', 6) +
    collar(pen) +
    '</g>'
  );
};

const smockDress: Draw = (pen) =>
  pen.inside('M-40 88 C-20 80 20 80 40 88 C36 108 18 114 0 114 C-18 114 -36 108 -40 88Z') +
  hanger(pen, 84) +
  bothSides(
    pen.cloth('M74 98 C120 90 146 136 140 188 C132 204 104 208 94 200 C92 184 88 172 80 158 Z', 'sleeve') +
      pen.fold('M124 194 C128 164 116 132 94 112 C108 140 112 170 110 198 Z') +
      pen.trim('M94 196 Q116 208 140 190 L139 202 Q116 220 94 208 Z'),
  ) +
  pen.cloth(symmetric('M0 114 C20 114 36 106 42 90 L74 98 C84 130 86 160 84 186 L0 190')) +
  pen.cloth(symmetric('M0 186 L84 182 C96 230 104 268 110 308 Q54 320 0 320')) +
  skirtFolds(pen, 186, 314, 100) +
  pen.cloth(symmetric('M0 314 Q54 314 109 302 C118 350 128 400 134 440 Q66 462 0 462')) +
  skirtFolds(pen, 312, 454, 124) +
  pen.seam([...Array(17).keys()].map((i) => `M${-80 + i * 10} 188 l${(i - 8) * 0.7} 16`).join('')) +
  pen.seam(
    [...Array(19).keys()]
      .map((i) => `M${-104 + i * 11.5} ${310 + (9 - Math.abs(i - 9)) * 0.9} l${(i - 9) * 0.6} 18`)
      .join(''),
  ) +
  pen.cord('M-41 91 C-36 106 -20 115 0 115 C20 115 36 106 41 91', 6) +
  bothSides(pen.seam('M74 98 C84 130 86 160 84 184'));

const columnDress: Draw = (pen) =>
  pen.inside('M-36 84 C-20 76 20 76 36 84 C30 98 16 104 0 104 C-16 104 -30 98 -36 84Z') +
  hanger(pen, 80) +
  pen.cloth(
    symmetric(
      'M0 104 C18 104 30 96 36 84 L66 94 C64 124 68 150 84 172 C76 210 70 236 72 262 C82 320 84 390 82 456 L0 460',
    ),
  ) +
  pen.fold('M-80 178 C-50 200 -34 240 -34 300 C-50 250 -66 222 -78 208 Z') +
  pen.fold('M80 176 C58 200 46 240 44 320 C58 260 70 226 78 206 Z') +
  skirtFolds(pen, 280, 452, 70) +
  pen.gleam('M-46 130 C-58 200 -56 300 -54 420 C-42 320 -40 220 -34 130 Z') +
  bothSides(pen.cord('M66 95 C64 124 68 150 84 172', 4) + pen.seam('M82 420 L70 456')) +
  pen.cord('M-36 86 C-30 98 -16 105 0 105 C16 105 30 98 36 86', 6);

export const dresses = {
  'slip-dress': slipDress,
  'tea-dress': teaDress,
  'wrap-dress': wrapDress,
  'shirt-dress': shirtDress,
  'smock-dress': smockDress,
  'column-dress': columnDress,
} satisfies Record<string, Draw>;
