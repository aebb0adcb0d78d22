import { bothSides, symmetric } from './path.ts';
import type { Draw, Pen } from './pen.ts';

/** Wooden hanger and its hook; drawn between the back of a garment and its front. */
export function hanger(pen: Pen, y = 92): string {
  return (
    pen.metal(
      `M0 ${y} L0 ${y - 22} C0 ${y - 30} 11 ${y - 31} 11 ${y - 41} C11 ${y - 52} -9 ${y - 53} -10 ${y - 42}`,
    ) +
    `<path d="M-46 ${y + 16} Q0 ${y - 20} 46 ${y + 16}" fill="none" stroke="#7d5a3a" stroke-width="9" stroke-linecap="round"/>` +
    `<path d="M-46 ${y + 14} Q0 ${y - 22} 46 ${y + 14}" fill="none" stroke="#b58a5d" stroke-width="4" stroke-linecap="round"/>`
  );
}

const longSleeve =
  'M82 110 C106 118 120 150 130 200 C140 250 148 308 154 366 L120 374 C112 310 102 250 88 190 Z';
const cuff = 'M150 340 L154 368 L120 376 L115 346 Z';
const creases = (pen: Pen) =>
  pen.fold('M-84 196 C-50 214 -30 240 -26 300 C-44 250 -64 226 -86 214 Z') +
  pen.fold('M86 192 C60 214 44 246 38 320 C56 262 72 234 88 216 Z') +
  pen.fold('M-60 400 C-56 350 -50 320 -40 290 C-42 330 -44 366 -44 402 Z') +
  pen.gleam('M-54 150 C-66 210 -66 290 -62 360 C-50 300 -46 220 -40 150 Z');

function knitBody(pen: Pen, neck: string, front: string): string {
  const sleeve =
    'M80 112 C110 120 126 152 138 206 C148 258 154 300 156 344 L116 352 C112 300 100 250 86 200 Z';
  const rib = 'M157 340 C159 358 157 372 154 384 L122 388 C118 376 116 364 115 348 Z';
  return (
    bothSides(pen.cloth(sleeve, 'sleeve') + pen.trim(rib) + ribs(pen, 122, 154, 350, 384, 6)) +
    pen.cloth(front) +
    pen.trim(symmetric('M0 378 L94 374 C96 390 94 402 90 410 L0 414')) +
    ribs(pen, -88, 88, 380, 411, 8) +
    creases(pen) +
    bothSides(
      pen.seam('M80 112 C90 140 92 168 87 200') +
        pen.fold('M88 206 C104 230 112 280 116 330 C104 290 96 250 86 220 Z'),
    ) +
    neck
  );
}

function ribs(pen: Pen, from: number, to: number, top: number, bottom: number, step: number): string {
  let d = '';
  for (let x = from + step / 2; x < to; x += step) d += `M${x} ${top + 2}L${x} ${bottom - 1}`;
  return pen.seam(d);
}

const crewFront = symmetric(
  'M0 122 C22 122 34 112 40 98 L80 110 C92 140 94 168 88 200 C90 260 92 320 94 376 L0 380',
);

const tee: Draw = (pen) =>
  pen.inside('M-38 92 C-20 82 20 82 38 92 C32 108 18 118 0 118 C-18 118 -32 108 -38 92Z') +
  hanger(pen) +
  bothSides(
    pen.cloth('M84 108 C112 118 128 156 142 212 L98 226 C96 208 92 194 88 180 Z', 'sleeve') +
      pen.stitch('M139 202 L96 216'),
  ) +
  pen.cloth(
    symmetric(
      'M0 118 C20 118 32 106 38 92 L84 108 C92 138 94 168 90 194 C88 262 90 330 95 402 Q50 412 0 412',
    ),
  ) +
  creases(pen) +
  bothSides(pen.seam('M84 108 C92 138 94 168 90 194')) +
  pen.stitch('M-94 394 Q0 408 94 394') +
  pen.cord('M-38 93 C-32 108 -18 119 0 119 C18 119 32 108 38 93', 7);

const longTee: Draw = (pen) =>
  pen.inside('M-38 92 C-20 82 20 82 38 92 C32 106 18 114 0 114 C-18 114 -32 106 -38 92Z') +
  hanger(pen) +
  bothSides(pen.cloth(longSleeve, 'sleeve') + pen.stitch('M151 356 L118 364')) +
  pen.cloth(
    symmetric(
      'M0 114 C20 114 32 104 38 92 L84 110 C92 138 94 168 89 194 C87 262 88 330 92 400 Q50 408 0 408',
    ),
  ) +
  creases(pen) +
  bothSides(pen.seam('M84 110 C92 138 94 168 89 194')) +
  pen.stitch('M-91 392 Q0 402 91 392') +
  pen.cord('M-38 93 C-32 105 -18 115 0 115 C18 115 32 105 38 93', 7);

const tank: Draw = (pen) =>
  pen.inside('M-42 96 C-34 140 34 140 42 96 C30 112 -30 112 -42 96Z') +
  hanger(pen) +
  pen.cloth(
    symmetric('M0 164 C32 164 44 130 46 92 L66 96 C66 140 74 172 92 192 C90 262 90 330 94 400 Q50 408 0 408'),
  ) +
  creases(pen) +
  pen.stitch('M-93 392 Q0 402 93 392') +
  pen.cord('M-45 94 C-44 130 -32 165 0 165 C32 165 44 130 45 94', 5) +
  bothSides(pen.cord('M67 97 C67 140 74 172 92 192', 4));

function placket(pen: Pen, top: number, bottom: number): string {
  let buttons = '';
  for (let y = top + 14; y < bottom - 14; y += 42) buttons += pen.button(0, y);
  return (
    pen.seam(`M-8 ${top} L-8 ${bottom} M8 ${top} L8 ${bottom}`) +
    pen.stitch(`M11 ${top} L11 ${bottom - 2}`) +
    buttons
  );
}

/** A turned-down collar; its points reach `drop` below the neck. */
export function collar(pen: Pen, drop = 36): string {
  return bothSides(
    pen.cloth(`M1 118 C14 112 28 102 38 86 C46 92 50 102 52 112 L26 ${112 + drop} Z`, 'sleeve') +
      pen.stitch(`M6 119 L27 ${106 + drop} L48 112`),
  );
}

const shirt: Draw = (pen) =>
  pen.inside('M-38 86 C-20 76 20 76 38 86 C28 104 14 112 0 118 C-14 112 -28 104 -38 86Z') +
  hanger(pen, 88) +
  bothSides(
    pen.cloth(longSleeve, 'sleeve') +
      pen.cloth(cuff, 'sleeve') +
      pen.stitch('M149 346 L117 352') +
      pen.button(146, 360, 2.8),
  ) +
  pen.cloth(
    symmetric('M0 116 L38 90 L84 108 C93 138 95 168 90 196 C88 260 90 320 96 372 C90 400 50 420 0 424'),
  ) +
  creases(pen) +
  bothSides(pen.seam('M84 108 C93 138 95 168 90 196') + pen.seam('M46 110 Q70 134 92 140')) +
  placket(pen, 118, 424) +
  pen.cloth('M24 184 L68 184 L68 226 L46 236 L24 226 Z') +
  pen.stitch('M24 192 L68 192') +
  pen.stitch('M-95 366 C-90 392 -50 412 0 416 C50 412 90 392 95 366') +
  collar(pen);

const campShirt: Draw = (pen) =>
  pen.inside('M-38 88 C-20 78 20 78 38 88 C28 116 10 140 0 154 C-10 140 -28 116 -38 88Z') +
  hanger(pen, 88) +
  bothSides(
    pen.cloth('M86 108 C116 118 136 160 150 226 L102 240 C100 216 94 200 90 184 Z', 'sleeve') +
      pen.stitch('M147 214 L100 228'),
  ) +
  pen.cloth(
    symmetric('M0 156 C14 138 30 112 38 90 L86 108 C96 138 98 168 94 196 C94 262 96 330 100 398 L0 402'),
  ) +
  creases(pen) +
  bothSides(pen.seam('M86 108 C96 138 98 168 94 196')) +
  placket(pen, 152, 400) +
  pen.cloth('M26 196 L72 196 L72 244 Q49 252 26 244 Z') +
  pen.stitch('M26 204 L72 204') +
  bothSides(pen.cloth('M0 158 C16 136 30 112 38 86 C48 92 54 102 56 112 L42 122 L60 134 Z', 'sleeve')) +
  pen.stitch('M-99 390 L99 390');

const blouse: Draw = (pen) =>
  pen.inside('M-36 92 C-20 84 20 84 36 92 C30 108 16 114 0 116 C-16 114 -30 108 -36 92Z') +
  hanger(pen) +
  bothSides(
    pen.cloth(
      'M80 108 C124 106 152 160 158 232 C160 280 154 306 146 330 C136 336 122 336 114 330 C106 290 96 240 86 190 Z',
      'sleeve',
    ) +
      pen.fold('M140 326 C146 280 146 230 128 170 C134 230 132 280 128 328 Z') +
      pen.fold('M120 326 C120 290 114 250 104 210 C108 260 110 300 114 326 Z') +
      pen.trim('M112 328 Q130 338 148 328 L150 348 Q130 358 113 348 Z') +
      pen.seam('M82 112 q6 6 16 6 M84 122 q8 8 18 10'),
  ) +
  pen.cloth(
    symmetric(
      'M0 116 C18 114 30 106 36 94 L80 108 C90 138 92 168 88 196 C88 262 94 330 102 392 Q50 406 0 406',
    ),
  ) +
  creases(pen) +
  pen.fold('M12 128 C16 190 22 260 22 390 C36 300 28 200 18 126 Z') +
  bothSides(
    pen.seam('M80 108 C90 138 92 168 88 196') + pen.seam('M10 120 l2 26 M22 114 l4 24 M34 108 l6 22'),
  ) +
  pen.seam('M0 118 L0 210') +
  pen.trim(
    'M-36 92 C-30 108 -16 114 0 116 C16 114 30 108 36 92 L40 98 C34 116 18 124 0 126 C-18 124 -34 116 -40 98 Z',
  ) +
  pen.cord('M0 124 C-14 140 -20 160 -18 190 M0 124 C12 142 16 164 22 184', 4);

const jumper: Draw = (pen) =>
  pen.inside('M-40 96 C-20 84 20 84 40 96 C34 112 22 122 0 122 C-22 122 -34 112 -40 96Z') +
  hanger(pen) +
  knitBody(pen, pen.cord('M-39 99 C-32 114 -20 124 0 124 C20 124 32 114 39 99', 13), crewFront);

const rollNeck: Draw = (pen) =>
  knitBody(
    pen,
    pen.trim(symmetric('M0 62 Q26 60 34 66 C36 84 38 98 42 110 Q20 124 0 124')) +
      ribs(pen, -34, 34, 70, 118, 6) +
      pen.trim(symmetric('M0 60 Q28 58 36 66 C38 74 38 82 37 90 Q18 98 0 98')) +
      ribs(pen, -36, 36, 66, 96, 6) +
      pen.inside('M-33 66 Q0 56 33 66 Q0 75 -33 66Z'),
    crewFront,
  );

const cardigan: Draw = (pen) => {
  let buttons = '';
  for (let y = 216; y < 404; y += 38) buttons += pen.button(0, y, 4.6);
  return (
    pen.inside('M-40 94 C-20 84 20 84 40 94 C30 140 10 176 0 196 C-10 176 -30 140 -40 94Z') +
    hanger(pen) +
    knitBody(
      pen,
      pen.cord('M-40 98 C-30 142 -12 174 0 196 L0 408', 15) +
        pen.cord('M40 98 C30 142 12 174 0 196', 15) +
        pen.seam('M0 200 L0 412') +
        buttons +
        bothSides(pen.seam('M30 300 L74 300 M30 300 L30 350 Q52 356 74 350 L74 300')),
      symmetric('M0 196 C12 174 30 142 40 98 L80 110 C92 140 94 168 88 200 C90 260 92 320 94 376 L0 380'),
    )
  );
};

const slipover: Draw = (pen) =>
  pen.inside('M-40 94 C-20 84 20 84 40 94 C30 130 12 160 0 172 C-12 160 -30 130 -40 94Z') +
  hanger(pen) +
  pen.cloth(
    symmetric('M0 172 C14 158 32 130 40 96 L80 108 C72 140 76 178 94 204 C94 262 94 320 96 376 L0 380'),
  ) +
  pen.trim(symmetric('M0 376 L96 372 C98 388 96 400 92 408 L0 412')) +
  ribs(pen, -90, 90, 378, 409, 8) +
  creases(pen) +
  bothSides(pen.cord('M80 109 C72 140 76 178 94 203', 10) + pen.cord('M39 98 C32 130 14 158 0 172', 11));

export const tops = {
  tee,
  'long-tee': longTee,
  tank,
  shirt,
  'camp-shirt': campShirt,
  blouse,
  jumper,
  'roll-neck': rollNeck,
  cardigan,
  slipover,
} satisfies Record<string, Draw>;
