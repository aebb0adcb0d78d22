import { bothSides, symmetric } from './path.ts';
import type { Draw } from './pen.ts';

const tote: Draw = (pen) =>
  pen.cord('M-52 214 C-54 96 54 96 52 214', 9) +
  pen.inside('M-112 206 Q0 194 112 206 Q0 222 -112 206Z') +
  pen.cloth(symmetric('M0 214 Q60 214 112 206 C116 280 122 350 124 416 Q60 428 0 428')) +
  pen.fold('M-100 214 C-70 280 -76 350 -84 420 L-100 420 C-106 340 -110 270 -108 212 Z') +
  pen.fold('M40 216 C56 290 60 360 58 424 L74 422 C78 350 66 280 48 214 Z') +
  pen.gleam('M-60 222 C-50 290 -50 360 -54 416 L-34 418 C-32 350 -40 280 -44 224 Z') +
  pen.cord('M-50 222 C-50 140 50 140 50 222', 9) +
  bothSides(
    pen.trim('M42 206 L60 205 L60 262 L51 270 L42 262 Z') +
      pen.stitch('M45 222 L57 222 L57 258 L51 265 L45 258 Z'),
  ) +
  pen.stitch('M-113 220 Q0 234 113 220') +
  pen.trim(symmetric('M0 384 Q60 384 122 374 L124 416 Q60 428 0 428')) +
  pen.stitch('M-122 382 Q0 400 122 382');

const crossbody: Draw = (pen) =>
  pen.cord('M-98 244 C-150 60 150 60 98 244', 6) +
  pen.cloth(symmetric('M0 226 L92 226 C106 226 112 236 114 250 L120 372 C120 390 110 398 96 398 L0 398')) +
  pen.cloth(symmetric('M0 222 L94 222 C108 222 114 232 116 246 C118 310 84 334 0 336')) +
  pen.gleam('M-92 236 C-60 230 -20 230 10 232 L0 248 C-40 244 -70 246 -94 254 Z') +
  pen.fold('M-114 300 C-80 340 80 344 116 298 L118 318 C80 358 -80 356 -116 316 Z') +
  pen.stitch('M-109 250 C-110 306 -78 327 0 329 C78 327 110 306 109 250') +
  pen.trim('M-13 322 L13 322 L13 350 Q0 358 -13 350 Z') +
  pen.metal('M-5 338 L5 338', 5) +
  bothSides(pen.metal('M98 240 a7 7 0 1 0 .1 0', 2.4));

const bucket: Draw = (pen) =>
  pen.cord('M-84 196 C-100 60 100 60 84 196', 8) +
  pen.inside('M-88 196 Q0 176 88 196 Q0 222 -88 196Z') +
  pen.cloth(symmetric('M0 210 Q50 208 88 196 C104 270 112 340 106 404 Q56 426 0 426')) +
  pen.fold('M-60 206 C-44 260 -52 330 -66 412 L-82 408 C-78 330 -72 260 -74 202 Z') +
  pen.fold('M30 208 C46 262 50 330 46 420 L62 416 C70 330 56 256 44 206 Z') +
  pen.gleam('M-30 214 C-20 280 -22 350 -30 414 L-8 418 C-6 340 -12 270 -14 214 Z') +
  pen.trim(symmetric('M0 392 Q58 390 107 370 L106 404 Q56 426 0 426')) +
  pen.stitch('M-106 380 Q0 410 106 380 M-89 206 Q0 230 89 206') +
  pen.cord('M-84 232 Q-40 250 -2 246 Q40 250 84 230', 4) +
  pen.cord('M-2 246 C-16 270 -14 290 -20 312 M-2 246 C10 268 8 290 14 306', 4) +
  pen.button(-2, 247, 6);

const backpack: Draw = (pen) =>
  pen.cord('M-26 108 C-28 74 28 74 26 108', 8) +
  bothSides(pen.cord('M72 150 C128 180 132 330 104 396', 13)) +
  pen.cloth(symmetric('M0 100 C56 98 88 122 92 170 C98 250 102 330 100 408 C96 426 80 430 0 430')) +
  pen.fold('M-96 240 C-60 250 60 250 96 238 L98 256 C60 268 -60 268 -97 258 Z') +
  pen.cloth(symmetric('M0 94 C62 92 94 120 96 172 C98 214 98 230 96 246 Q50 258 0 258')) +
  pen.gleam('M-78 120 C-56 102 -20 100 10 102 C-20 110 -56 124 -74 160 Z') +
  pen.stitch('M-90 236 Q0 258 90 236') +
  pen.cloth(symmetric('M0 300 L70 298 L74 396 Q40 408 0 408')) +
  pen.stitch('M-69 310 L69 310') +
  bothSides(pen.trim('M34 200 L50 200 L50 330 L42 338 L34 330 Z') + pen.metal('M35 292 h14 v14 h-14 Z', 2.4));

const scarf: Draw = (pen) => {
  const fringe = (x: number, y: number, n: number, lean: number) =>
    [...Array(n).keys()]
      .map((i) => pen.cord(`M${x + i * 9} ${y + i * lean} l${(i % 3) - 1} 26`, 2.4))
      .join('');
  return (
    pen.cloth('M-30 170 C-66 230 -84 320 -92 404 L-20 412 C-12 330 6 250 22 190 Z', 'sleeve') +
    fringe(-89, 406, 8, 1) +
    pen.fold('M-20 200 C-50 270 -58 340 -60 404 L-44 406 C-38 330 -22 260 2 206 Z') +
    pen.cloth('M6 180 C36 230 54 300 62 372 L-2 384 C-6 310 -18 250 -34 196 Z') +
    fringe(1, 382, 7, -1.4) +
    pen.fold('M14 210 C28 270 36 320 38 374 L22 378 C18 320 6 260 -6 214 Z') +
    pen.inside('M-84 116 C-60 92 60 92 84 116 C60 148 -60 148 -84 116Z') +
    pen.cloth(
      'M-84 116 C-60 146 60 146 84 116 C96 140 92 172 70 188 C36 212 -36 212 -72 186 C-92 170 -98 140 -84 116 Z',
    ) +
    pen.fold('M-88 142 C-40 178 40 178 90 140 C80 172 30 186 0 186 C-40 186 -80 170 -88 142 Z') +
    pen.gleam('M-70 140 C-40 160 0 164 40 156 C0 174 -50 164 -70 140 Z')
  );
};

const beanie: Draw = (pen) => {
  let ribs = '';
  for (let i = -8; i <= 8; i++) ribs += `M${i * 13} 372 L${i * 12.6} 306 `;
  let crown = '';
  for (let i = -5; i <= 5; i++) crown += `M${i * 20} 302 C${i * 19} 220 ${i * 10} 170 ${i * 2} 150 `;
  return (
    '<g transform="translate(0 -10)">' +
    pen.cloth(symmetric('M0 146 C74 146 110 214 112 310 L0 316')) +
    pen.seam(crown) +
    pen.gleam(
      'M-70 200 C-50 166 -20 158 0 158 C-30 180 -50 230 -56 296 L-84 296 C-86 250 -80 220 -70 200 Z',
    ) +
    pen.fold('M-112 296 Q0 312 112 296 L114 318 Q0 330 -114 318 Z') +
    pen.trim(symmetric('M0 306 Q70 306 114 298 C122 320 122 350 116 372 Q60 382 0 382')) +
    pen.seam(ribs) +
    pen.plain('M-22 336 L22 336 L22 358 L-22 358 Z', 'hsl(40,26%,90%)') +
    '</g>'
  );
};

const belt: Draw = (pen) =>
  pen.cloth(
    'M-96 200 C-150 230 -150 320 -60 338 C40 356 150 330 146 270 C142 214 60 190 -20 196 L-20 226 C60 222 112 240 112 270 C112 304 40 318 -46 306 C-112 296 -112 250 -80 230 Z',
  ) +
  pen.stitch('M-90 208 C-138 234 -140 312 -58 330 C40 346 140 322 138 270 C134 220 60 198 -18 203') +
  pen.cloth('M-104 192 L38 192 C52 192 60 200 60 209 C60 218 52 226 38 226 L-104 226 Z') +
  pen.stitch('M-98 198 L38 198 C48 198 54 203 54 209 C54 215 48 220 38 220 L-98 220') +
  [-20, 0, 20, 40].map((x) => `<circle cx="${x}" cy="209" r="3" fill="#000" fill-opacity=".55"/>`).join('') +
  pen.metal(
    'M-112 182 h44 a6 6 0 0 1 6 6 v42 a6 6 0 0 1 -6 6 h-44 a6 6 0 0 1 -6 -6 v-42 a6 6 0 0 1 6 -6 Z',
    6,
  ) +
  pen.metal('M-118 209 L-62 209', 4);

const socks: Draw = (pen) => {
  const one =
    pen.cloth(
      'M-30 110 L34 110 C36 190 34 250 40 290 C46 320 78 340 96 362 C108 380 98 404 70 404 C34 404 -24 360 -34 310 C-38 250 -32 180 -30 110 Z',
    ) +
    pen.trim('M-32 104 L36 104 L36 142 L-32 142 Z') +
    pen.seam([...Array(9).keys()].map((i) => `M${-26 + i * 7} 106 L${-26 + i * 7} 141`).join('')) +
    pen.trim('M-35 300 C-34 330 -10 356 14 374 C20 340 4 306 -35 288 Z') +
    pen.trim('M96 362 C108 380 98 404 70 404 C58 402 50 398 44 396 C50 372 66 356 84 350 Z') +
    pen.fold(
      'M-6 160 C0 220 0 260 14 310 C26 340 50 362 70 378 C40 366 10 340 0 310 C-8 270 -10 210 -6 160 Z',
    );
  return `<g transform="translate(-48 -22) rotate(4)">${one}</g><g transform="translate(38 20) rotate(-3)">${one}</g>`;
};

const hat: Draw = (pen) =>
  pen.cloth(
    'M-150 300 C-150 268 -80 246 0 246 C80 246 150 268 150 300 C150 330 80 346 0 346 C-80 346 -150 330 -150 300 Z',
  ) +
  pen.seam(
    'M-138 302 C-130 324 -70 338 0 338 C70 338 130 324 138 302 M-124 298 C-110 318 -60 328 0 328 C60 328 110 318 124 298',
  ) +
  pen.fold('M-80 296 C-40 326 40 326 84 294 C100 310 60 334 0 334 C-60 334 -100 314 -80 296 Z') +
  pen.cloth('M-84 290 C-86 220 -66 176 0 174 C66 176 86 220 84 290 C60 312 -60 312 -84 290 Z') +
  pen.gleam('M-60 220 C-50 190 -20 182 0 182 C-20 200 -34 240 -36 280 L-62 276 Z') +
  pen.inside('M-85 272 C-60 296 60 296 85 272 L84 291 C60 313 -60 313 -84 291 Z');

export const carried = {
  tote,
  crossbody,
  bucket,
  backpack,
  scarf,
  beanie,
  belt,
  socks,
  hat,
} satisfies Record<string, Draw>;
