import type { Draw, Pen } from './pen.ts';

/**
 * A pair: the far shoe up to the left, the near one in front of it.
 * @param rise how far apart they stand, in px; tall boots need more room and are drawn smaller for it
 */
function pairOf(one: Draw, rise: number, scale: number): Draw {
  const shoe = (pen: Pen, x: number, y: number, size: number) =>
    `<g transform="translate(${x} ${y}) scale(${size}) translate(0 -290)">${one(pen)}</g>`;
  return (pen) => shoe(pen, -30, 250 - rise / 2, scale * 0.94) + shoe(pen, 6, 262 + rise / 2, scale);
}

const ground =
  '<ellipse cx="4" cy="346" rx="140" ry="9" fill="#0b0716" fill-opacity=".2" filter="url(#soft)"/>';
const rubber = 'hsl(40,24%,92%)';
const crepe = 'hsl(30,28%,40%)';

const sneaker: Draw = (pen) => {
  let laces = '';
  for (let i = 0; i < 5; i++) laces += `M${-20 + i * 15} ${233 + i * 9} L${6 + i * 15} ${218 + i * 10} `;
  return (
    ground +
    pen.inside('M-112 226 C-92 218 -40 222 -6 206 L-20 244 C-50 256 -80 250 -112 226Z') +
    pen.trim('M-26 240 C-20 222 -16 206 -6 196 C6 198 14 206 18 218 L40 262 Z') +
    pen.cloth(
      'M-124 322 C-130 290 -128 252 -114 224 C-104 218 -92 226 -82 238 C-70 254 -44 254 -28 238 L10 216 C28 244 56 262 88 272 C122 282 142 298 144 324 Z',
    ) +
    pen.trim('M-124 322 C-130 290 -128 252 -114 224 C-106 230 -102 240 -98 250 C-94 280 -94 300 -96 322 Z') +
    pen.trim('M84 324 C84 300 92 284 102 277 C126 284 142 300 144 324 Z') +
    pen.fold('M-60 322 C-40 300 -20 290 20 286 C0 300 -20 312 -30 322 Z') +
    pen.seam('M-28 238 C-20 262 -6 290 6 322 M-28 240 C0 262 40 276 84 290') +
    pen.stitch('M-24 238 C-14 262 0 290 12 322') +
    `<path d="${laces}" fill="none" stroke="#000" stroke-opacity=".25" stroke-width="7" stroke-linecap="round"/>` +
    `<path d="${laces}" fill="none" stroke="${rubber}" stroke-width="5" stroke-linecap="round"/>` +
    pen.plain(
      'M-132 318 C-134 338 -128 348 -112 348 L126 348 C148 348 154 334 148 318 C100 326 -60 326 -132 318 Z',
      rubber,
    ) +
    pen.seam('M-131 334 L150 334')
  );
};

const chelsea: Draw = (pen) =>
  ground +
  pen.inside('M-104 132 Q-60 122 -18 130 Q-60 142 -104 132Z') +
  pen.cloth(
    'M-104 132 Q-60 142 -18 130 C-18 180 -14 214 6 236 C40 258 112 262 134 304 C138 316 138 328 138 328 L-112 328 C-120 290 -104 200 -104 132 Z',
  ) +
  pen.fold('M-12 222 C-20 250 -30 268 -60 290 C-20 280 10 262 18 246 Z') +
  pen.gleam('M-88 150 C-94 210 -100 260 -98 310 C-84 260 -78 200 -76 150 Z') +
  pen.gleam('M40 262 C80 270 110 280 124 300 C100 284 70 278 40 274 Z') +
  pen.inside('M-78 142 L-44 141 C-44 180 -48 210 -56 236 Q-62 242 -66 236 C-74 210 -78 180 -78 142 Z') +
  pen.seam('M-70 144 L-64 232 M-62 144 L-61 234 M-54 144 L-58 232 M-56 238 C-40 270 -30 300 -28 328') +
  pen.cord('M-98 134 C-98 112 -84 112 -84 138', 5) +
  pen.plain(
    'M-116 326 L142 326 C144 338 138 342 130 342 L-40 342 C-46 342 -50 346 -50 348 L-114 348 Z',
    crepe,
  );

const loafer: Draw = (pen) =>
  ground +
  pen.inside('M-120 252 C-90 246 -20 250 24 262 C0 282 -80 284 -120 252Z') +
  pen.cloth(
    'M-126 326 C-132 296 -130 270 -120 252 C-104 268 -66 280 -34 276 C-10 272 6 258 26 258 C66 264 138 282 142 326 Z',
  ) +
  pen.gleam('M60 274 C96 280 122 292 132 312 C108 296 84 288 58 286 Z') +
  pen.seam(
    'M26 258 C36 276 60 286 88 290 C108 294 122 300 130 310 M24 264 C34 282 60 292 88 296 C106 300 120 306 128 316',
  ) +
  pen.trim('M-14 274 C0 268 14 260 30 260 C44 280 52 304 54 326 L14 326 C10 306 0 288 -14 274 Z') +
  pen.inside('M10 280 L30 276 L38 292 L18 296 Z') +
  pen.seam('M-94 266 C-100 290 -100 310 -98 326') +
  pen.plain('M-130 324 L146 324 C148 334 142 338 132 338 L-52 338 L-54 348 L-126 348 Z', crepe);

const maryJane: Draw = (pen) =>
  ground +
  pen.inside('M-120 262 C-90 250 30 262 66 284 C40 306 -90 310 -120 262Z') +
  pen.cloth(
    'M-126 328 C-132 298 -130 276 -120 258 C-98 296 -40 306 14 302 C44 298 52 280 70 278 C112 284 140 302 142 328 Z',
  ) +
  pen.gleam('M76 288 C104 294 124 304 132 316 C110 306 92 300 74 300 Z') +
  pen.seam('M-118 264 C-96 300 -40 311 14 307 C46 303 56 286 70 283') +
  pen.cord('M-46 304 C-40 262 -6 256 14 302', 9) +
  pen.metal('M-4 274 l12 10', 4) +
  pen.plain('M-130 326 L146 326 C146 334 142 337 132 337 L-74 337 L-78 348 L-126 348 Z', crepe);

export const shoes = {
  sneaker: pairOf(sneaker, 128, 1.05),
  chelsea: pairOf(chelsea, 150, 0.82),
  loafer: pairOf(loafer, 112, 1.08),
  'mary-jane': pairOf(maryJane, 112, 1.08),
} satisfies Record<string, Draw>;
