import { bothSides, symmetric } from './path.ts';
import type { Draw, Pen } from './pen.ts';
import { collar, hanger } from './tops.ts';

const sleeve = 'M84 106 C114 114 128 150 138 204 C148 258 154 312 158 366 L118 374 C112 312 102 252 88 190 Z';

/** Lapels that meet at `stance`; the notch sits at a third of the way. */
function lapels(pen: Pen, stance: number): string {
  const notch = 118 + (stance - 118) * 0.28;
  return bothSides(
    pen.cloth(
      `M0 ${stance} C10 ${stance - 50} 24 124 36 88 L54 ${notch - 8} L46 ${notch + 2} L66 ${notch + 14} C52 ${stance - 56} 26 ${stance - 24} 0 ${stance} Z`,
      'sleeve',
    ) +
      pen.cloth(
        `M36 82 C46 86 54 94 58 104 L52 ${notch + 2} L40 ${notch - 14} C38 104 36 94 34 88 Z`,
        'sleeve',
      ),
  );
}

const blazer: Draw = (pen) =>
  pen.inside('M-38 84 C-20 74 20 74 38 84 C30 140 10 210 0 240 C-10 210 -30 140 -38 84Z') +
  hanger(pen, 86) +
  bothSides(
    pen.cloth(sleeve, 'sleeve') +
      [340, 350, 360].map((y) => pen.button(126 + (y - 340) * 0.12, y, 2.4)).join('') +
      pen.fold('M96 210 C112 250 116 300 122 350 C108 300 100 256 90 222 Z'),
  ) +
  pen.cloth(
    symmetric(
      'M0 236 C12 200 30 130 38 88 L84 106 C94 138 96 168 91 198 C84 236 84 270 90 310 C94 346 96 370 96 392 C84 412 40 416 6 416 C2 400 0 396 0 390',
    ),
  ) +
  pen.fold('M-88 200 C-58 224 -50 260 -50 300 C-64 262 -78 240 -88 228 Z') +
  pen.fold('M88 200 C64 226 56 262 56 300 C68 262 78 240 88 226 Z') +
  bothSides(
    pen.seam('M84 106 C94 138 96 168 91 198') +
      pen.cloth('M30 318 L80 312 L82 332 L32 338 Z') +
      pen.seam('M44 200 C42 250 44 290 48 318'),
  ) +
  pen.seam('M0 240 C4 300 4 360 4 414') +
  pen.cloth('M36 194 L66 188 L68 198 L38 204 Z') +
  lapels(pen, 246) +
  pen.button(5, 262, 5) +
  pen.button(6, 304, 5);

const trucker: Draw = (pen) =>
  pen.inside('M-38 86 C-20 76 20 76 38 86 C28 106 14 114 0 120 C-14 114 -28 106 -38 86Z') +
  hanger(pen, 88) +
  bothSides(
    pen.cloth(sleeve, 'sleeve') +
      pen.trim('M155 344 L159 370 L119 378 L115 352 Z') +
      pen.button(152, 360, 3) +
      pen.stitch('M100 130 C118 180 132 260 140 344'),
  ) +
  pen.cloth(symmetric('M0 116 L38 90 L84 106 C94 138 97 168 92 196 C90 250 90 300 90 346 L0 350')) +
  pen.trim(symmetric('M0 344 L91 340 L92 372 L0 376')) +
  pen.stitch('M-90 348 L90 348 M-91 366 L91 366') +
  bothSides(
    pen.stitch('M84 106 C94 138 97 168 92 196') +
      pen.seam('M8 176 L92 172') +
      pen.stitch('M8 181 L92 177') +
      pen.cloth('M24 178 L72 176 L72 196 L48 206 L24 198 Z') +
      pen.stitch('M28 182 L68 180 L68 194 L48 202 L28 195 Z') +
      pen.button(48, 196, 3) +
      pen.stitch('M28 206 L22 342 M66 204 L50 342') +
      pen.seam('M30 206 L24 342 M68 204 L52 342') +
      pen.gleam('M56 230 C60 270 56 310 50 336 C44 300 46 260 50 230 Z'),
  ) +
  pen.seam('M-9 118 L-9 372 M9 118 L9 372') +
  pen.stitch('M12 120 L12 342') +
  [140, 176, 216, 256, 296, 334, 358].map((y) => pen.button(0, y, 4)).join('') +
  collar(pen, 40);

const coat: Draw = (pen) =>
  '<g transform="translate(0 -16)">' +
  pen.inside('M-38 84 C-20 74 20 74 38 84 C30 130 10 180 0 210 C-10 180 -30 130 -38 84Z') +
  hanger(pen, 86) +
  bothSides(
    pen.cloth(sleeve, 'sleeve') +
      pen.trim('M154 328 L157 350 L116 358 L113 336 Z') +
      pen.fold('M96 210 C112 250 116 300 120 340 C106 300 100 256 90 222 Z'),
  ) +
  pen.cloth(
    symmetric(
      'M0 206 C12 180 30 124 38 88 L84 106 C94 138 96 168 91 198 C86 240 88 280 94 330 C100 390 104 430 106 468 Q50 478 0 478',
    ),
  ) +
  pen.fold('M-88 200 C-58 224 -54 280 -56 330 C-66 280 -78 244 -88 228 Z') +
  pen.fold('M88 200 C66 226 62 280 64 340 C72 280 80 244 88 226 Z') +
  pen.fold('M-70 470 C-66 410 -60 370 -52 330 C-52 380 -54 430 -54 474 Z') +
  bothSides(pen.seam('M84 106 C94 138 96 168 91 198') + pen.cloth('M46 316 L86 308 L90 326 L50 334 Z')) +
  pen.seam('M26 226 C28 300 30 400 30 476') +
  lapels(pen, 216) +
  bothSides([238, 286, 334].map((y) => pen.button(20, y, 5.4)).join('')) +
  '</g>';

const puffer: Draw = (pen) => {
  const rows = [150, 188, 226, 264, 302, 340, 378];
  return (
    bothSides(
      pen.cloth(
        'M82 108 C120 112 140 150 148 204 C158 258 162 306 162 352 C150 366 128 370 116 364 C108 310 98 250 88 196 Z',
        'sleeve',
      ) +
        [164, 206, 248, 290, 330]
          .map(
            (y, i) =>
              pen.fold(
                `M${92 + i * 5} ${y + 8} Q${120 + i * 5} ${y + 6} ${136 + i * 5} ${y - 6} L${138 + i * 5} ${y + 4} Q${120 + i * 5} ${y + 16} ${94 + i * 5} ${y + 18} Z`,
              ) + pen.seam(`M${92 + i * 5} ${y + 8} Q${120 + i * 5} ${y + 8} ${138 + i * 5} ${y - 6}`),
          )
          .join(''),
    ) +
    pen.cloth(
      symmetric(
        'M0 112 L40 104 L82 108 C94 124 98 150 94 168 Q102 188 96 207 Q104 226 97 245 Q105 264 98 283 Q106 302 98 321 Q106 340 98 359 Q106 378 97 398 Q50 410 0 410',
      ),
    ) +
    rows
      .map(
        (y) =>
          pen.fold(`M-98 ${y} Q0 ${y + 14} 98 ${y} L98 ${y + 12} Q0 ${y + 26} -98 ${y + 12} Z`) +
          pen.seam(`M-97 ${y} Q0 ${y + 14} 97 ${y}`) +
          pen.gleam(
            `M-84 ${y + 20} Q-40 ${y + 28} -14 ${y + 28} L-14 ${y + 34} Q-50 ${y + 34} -84 ${y + 27} Z`,
          ),
      )
      .join('') +
    pen.cloth(symmetric('M0 66 Q34 62 44 72 C48 88 48 104 44 118 Q20 128 0 128')) +
    pen.seam('M-47 94 Q0 108 47 94') +
    pen.inside('M-42 72 Q0 60 42 72 Q0 82 -42 72Z') +
    pen.metal('M0 78 L0 408', 3) +
    bothSides(pen.seam('M54 330 L72 290'))
  );
};

const anorak: Draw = (pen) =>
  bothSides(
    pen.cloth(sleeve, 'sleeve') +
      pen.seam('M155 350 L117 358') +
      pen.fold('M96 210 C112 250 116 300 122 350 C108 300 100 256 90 222 Z'),
  ) +
  pen.cloth(symmetric('M0 120 L40 100 L84 106 C94 138 96 168 92 198 C92 270 96 340 102 408 Q50 418 0 418')) +
  pen.fold('M-88 200 C-58 224 -50 260 -50 320 C-64 262 -78 240 -88 228 Z') +
  pen.fold('M88 200 C64 226 56 262 56 320 C68 262 78 240 88 226 Z') +
  pen.cloth(symmetric('M0 46 C40 46 62 76 58 122 C44 136 20 142 0 150')) +
  pen.inside(symmetric('M0 66 C28 66 42 86 40 112 C30 126 14 136 0 142')) +
  bothSides(pen.seam('M50 64 C56 84 56 106 52 126') + pen.cord('M26 128 C24 150 26 166 24 184', 2.4)) +
  bothSides(
    pen.seam('M84 106 C94 138 96 168 92 198') +
      pen.seam('M8 190 L92 186') +
      pen.cloth('M28 300 L80 296 L82 352 Q54 362 30 356 Z') +
      pen.cloth('M26 296 L82 290 L84 312 L26 318 Z') +
      pen.button(55, 310, 3.2),
  ) +
  pen.cloth('M-11 146 L11 146 L12 417 L-12 417 Z') +
  [168, 222, 276, 330, 384].map((y) => pen.button(0, y, 3.8)).join('') +
  pen.stitch('M-101 400 Q0 412 101 400');

export const outerwear = { blazer, trucker, coat, puffer, anorak } satisfies Record<string, Draw>;
