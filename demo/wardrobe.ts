import type { CategorySlug, PATTERNS } from './catalogue.ts';
import type { Style } from './pictures/picture.ts';

/** The words and rules `make-catalogue.ts` draws from. Nothing here is used when the shop runs. */
export interface Cut {
  readonly style: Style;
  readonly nouns: readonly string[];
  readonly materials: readonly string[];
  readonly patterns: readonly (typeof PATTERNS)[number][];
  /** EUR, before the brand's factor. */
  readonly price: readonly [number, number];
  readonly lines: readonly string[];
}

interface Brand {
  readonly name: string;
  /** How much dearer than the middle of the shop. */
  readonly factor: number;
  /** What it makes; empty is everything. */
  readonly makes: readonly CategorySlug[];
}

export const BRANDS: readonly Brand[] = [
  { name: 'Teasel', factor: 0.85, makes: [] },
  { name: 'Low Meadow', factor: 0.7, makes: [] },
  {
    name: 'Sunday Mill',
    factor: 0.75,
    makes: ['t-shirts', 'knitwear', 'shirts', 'jeans', 'trousers', 'accessories'],
  },
  { name: 'Marlow & Finch', factor: 1.15, makes: ['shirts', 'trousers', 'jackets', 'dresses', 'skirts'] },
  { name: 'Nordhavn', factor: 1.3, makes: ['knitwear', 'jackets', 't-shirts', 'accessories', 'shoes'] },
  { name: 'Ottoline', factor: 1.2, makes: ['dresses', 'skirts', 'shirts', 'bags'] },
  { name: 'Cardinal Works', factor: 1, makes: ['jeans', 'jackets', 'trousers', 't-shirts', 'shirts'] },
  { name: 'Sorrel Studio', factor: 1.05, makes: ['dresses', 'skirts', 'knitwear', 'trousers', 'bags'] },
  { name: 'Vesper Lane', factor: 1.35, makes: ['dresses', 'skirts', 'shirts', 'shoes'] },
  { name: 'Tidewater', factor: 0.9, makes: ['t-shirts', 'shirts', 'jackets', 'trousers', 'bags', 'shoes'] },
  { name: 'Pilcrow', factor: 1.1, makes: ['bags', 'accessories', 'shoes', 'jackets'] },
  { name: 'Juniper Row', factor: 0.8, makes: ['dresses', 't-shirts', 'skirts', 'jeans', 'knitwear'] },
  { name: 'Atelier Brume', factor: 1.6, makes: ['dresses', 'jackets', 'skirts', 'trousers', 'bags'] },
  { name: 'Bramble & Byre', factor: 1, makes: ['knitwear', 'jackets', 'shoes', 'accessories', 'jeans'] },
  { name: 'Quayside Last', factor: 1.2, makes: ['shoes', 'bags', 'accessories'] },
  { name: 'Hesper', factor: 1.4, makes: ['jeans', 'trousers', 'shirts', 'knitwear', 'shoes'] },
];

/** Dealt from like a pack of cards; blue is in three times because it is what sells. */
export const COLOURS: readonly {
  readonly family: string;
  readonly shades: readonly (readonly [string, string])[];
}[] = [
  {
    family: 'Blue',
    shades: [
      ['cornflower', '#4f74c9'],
      ['cobalt', '#2450a8'],
      ['sky', '#9dbcdc'],
      ['harbour', '#3f6f93'],
    ],
  },
  {
    family: 'Black',
    shades: [
      ['ink', '#24242a'],
      ['soot', '#2b2826'],
    ],
  },
  {
    family: 'Cream',
    shades: [
      ['oat', '#e9dfc9'],
      ['milk', '#f3eee2'],
    ],
  },
  {
    family: 'Green',
    shades: [
      ['sage', '#8fa58a'],
      ['bottle', '#1f4d3f'],
      ['fern', '#55804e'],
      ['moss', '#6d7040'],
    ],
  },
  {
    family: 'Red',
    shades: [
      ['poppy', '#c33b33'],
      ['madder', '#a3312f'],
    ],
  },
  {
    family: 'Navy',
    shades: [
      ['midnight', '#1e2a4a'],
      ['marine', '#27395f'],
    ],
  },
  {
    family: 'Pink',
    shades: [
      ['blush', '#e3b5b3'],
      ['dogrose', '#cf7f93'],
      ['sorbet', '#d9577f'],
    ],
  },
  {
    family: 'Grey',
    shades: [
      ['flint', '#7d8288'],
      ['fog', '#b9bcbd'],
    ],
  },
  {
    family: 'Blue',
    shades: [
      ['lapis', '#2f54b5'],
      ['horizon', '#85a9cf'],
    ],
  },
  {
    family: 'Yellow',
    shades: [
      ['mustard', '#cf9d2f'],
      ['butter', '#ecd893'],
    ],
  },
  {
    family: 'Brown',
    shades: [
      ['chestnut', '#6d4530'],
      ['camel', '#b98d5c'],
      ['cocoa', '#4e382d'],
    ],
  },
  {
    family: 'Lilac',
    shades: [
      ['wisteria', '#a692c9'],
      ['heather', '#85719b'],
    ],
  },
  {
    family: 'Blue',
    shades: [
      ['delft', '#35589f'],
      ['periwinkle', '#7d93d2'],
    ],
  },
  { family: 'White', shades: [['chalk', '#f7f6f2']] },
  {
    family: 'Orange',
    shades: [
      ['rust', '#b4552d'],
      ['apricot', '#e2985e'],
    ],
  },
  {
    family: 'Burgundy',
    shades: [
      ['mulberry', '#6b2340'],
      ['claret', '#6c1f2c'],
    ],
  },
];

export const DENIM_COLOURS: typeof COLOURS = [
  {
    family: 'Blue',
    shades: [
      ['indigo', '#34486f'],
      ['mid wash', '#5a7aa6'],
      ['bleach', '#a9c0d8'],
    ],
  },
  {
    family: 'Black',
    shades: [
      ['washed black', '#35353a'],
      ['ink', '#222329'],
    ],
  },
  { family: 'Navy', shades: [['raw', '#1f2a45']] },
  { family: 'Grey', shades: [['stone grey', '#85888c']] },
  { family: 'Cream', shades: [['ecru', '#eae0ca']] },
  {
    family: 'Blue',
    shades: [
      ['vintage', '#7593b8'],
      ['harbour', '#3f648b'],
    ],
  },
  { family: 'White', shades: [['chalk', '#f5f3ee']] },
  { family: 'Green', shades: [['moss', '#66704a']] },
];

export const LEATHER_COLOURS: typeof COLOURS = [
  {
    family: 'Brown',
    shades: [
      ['chestnut', '#70452e'],
      ['tan', '#ab7443'],
      ['cocoa', '#4d372c'],
    ],
  },
  { family: 'Black', shades: [['ink', '#26252a']] },
  { family: 'Burgundy', shades: [['oxblood', '#632330']] },
  { family: 'Cream', shades: [['oat', '#e6dbc4']] },
  {
    family: 'Blue',
    shades: [
      ['harbour', '#3b5f80'],
      ['cornflower', '#5d7fc0'],
    ],
  },
  {
    family: 'Green',
    shades: [
      ['bottle', '#234a3e'],
      ['sage', '#93a58c'],
    ],
  },
  { family: 'Red', shades: [['poppy', '#b23a34']] },
  { family: 'White', shades: [['chalk', '#f4f3ef']] },
  { family: 'Yellow', shades: [['mustard', '#c9982f']] },
  { family: 'Pink', shades: [['blush', '#dfb1ad']] },
];

export const NAMES = [
  'Ilse',
  'Maren',
  'Orla',
  'Tove',
  'Wren',
  'Hedda',
  'Juno',
  'Linnet',
  'Petra',
  'Sunniva',
  'Agnes',
  'Bryony',
  'Cleo',
  'Delphine',
  'Edda',
  'Frida',
  'Greta',
  'Hollis',
  'Ines',
  'Jory',
  'Keir',
  'Lorne',
  'Marlo',
  'Niels',
  'Odell',
  'Perrin',
  'Quill',
  'Rowan',
  'Saskia',
  'Thora',
  'Una',
  'Vita',
  'Willa',
  'Yarrow',
  'Zelda',
  'Ansel',
  'Briar',
  'Corin',
  'Dara',
  'Ember',
  'Fenn',
  'Gorse',
  'Hazel',
  'Isolde',
  'Jules',
  'Kit',
  'Larch',
  'Mabel',
] as const;

export const MATERIAL_LINES: Readonly<Record<string, string>> = {
  cotton: 'Organic cotton, washed once so that it will not shrink on you.',
  poplin: 'Crisp cotton poplin that irons in a minute and creases kindly.',
  linen: 'European linen that softens with every wash.',
  viscose: 'Fluid viscose with a quiet drape; wash it cool.',
  satin: 'Heavy satin with a low shine, cut on the bias.',
  silk: 'Washed silk; it folds to nothing in a suitcase.',
  denim: 'Sturdy denim, woven slowly and left alone.',
  merino: 'Fine merino, warm when it is cold and cool when it is not.',
  lambswool: 'Brushed lambswool with the dry, springy hand of a good blanket.',
  alpaca: 'Alpaca and wool with a soft halo; it weighs almost nothing.',
  'cotton knit': 'Chunky cotton yarn that does not itch and can take a machine wash.',
  wool: 'Dense wool cloth that shrugs off a shower.',
  tweed: 'Flecked tweed from a small mill that still uses its old looms.',
  corduroy: 'Wide-wale corduroy, soft from the first day.',
  twill: 'Cotton twill with a little weight to it.',
  'recycled nylon': 'Recycled nylon with a water-repellent finish free of fluorine.',
  leather: 'Vegetable-tanned leather that darkens where you touch it.',
  suede: 'Soft suede; brush it when it is dry.',
  canvas: 'Tightly woven canvas, waxed by hand.',
  straw: 'Plaited straw that springs back after a train journey.',
};

const allPatterns = ['plain', 'floral', 'plain', 'striped', 'dotted', 'plain', 'checked'] as const;
const shirtPatterns = ['plain', 'striped', 'plain', 'checked', 'plain', 'dotted'] as const;
const plain = ['plain'] as const;

export const WARDROBE: Readonly<
  Record<
    CategorySlug,
    {
      readonly count: number;
      readonly sizes: 'letters' | 'waist' | 'shoe' | 'one';
      readonly cuts: readonly Cut[];
    }
  >
> = {
  dresses: {
    count: 38,
    sizes: 'letters',
    cuts: [
      {
        style: 'tea-dress',
        nouns: ['tea dress', 'button-front tea dress'],
        materials: ['viscose', 'cotton'],
        patterns: allPatterns,
        price: [85, 130],
        lines: [
          'A V-neck, short sleeves and a skirt with some swing in it.',
          'Buttoned to the waist, easy below it.',
        ],
      },
      {
        style: 'slip-dress',
        nouns: ['slip dress', 'bias slip dress'],
        materials: ['satin', 'silk', 'viscose'],
        patterns: ['plain', 'plain', 'floral'],
        price: [95, 160],
        lines: [
          'Thin straps that adjust, and nothing to fuss with.',
          'Cut so that it follows you without clinging.',
        ],
      },
      {
        style: 'shirt-dress',
        nouns: ['shirt dress', 'belted shirt dress'],
        materials: ['poplin', 'linen', 'denim'],
        patterns: shirtPatterns,
        price: [90, 140],
        lines: [
          'A proper collar, a tie belt and two pockets at the chest.',
          'Wear it buttoned, or open as a light coat.',
        ],
      },
      {
        style: 'wrap-dress',
        nouns: ['wrap dress', 'midi wrap dress'],
        materials: ['viscose', 'cotton'],
        patterns: allPatterns,
        price: [90, 145],
        lines: [
          'Crosses well over and stays there; we added a snap.',
          'Ties at the side, fits through a long lunch.',
        ],
      },
      {
        style: 'smock-dress',
        nouns: ['smock dress', 'tiered dress'],
        materials: ['cotton', 'linen', 'poplin'],
        patterns: ['plain', 'checked', 'floral', 'plain', 'dotted'],
        price: [80, 125],
        lines: ['Round sleeves, two tiers, room for a second helping.', 'Gathered by hand at the yoke.'],
      },
      {
        style: 'column-dress',
        nouns: ['column dress', 'sleeveless midi dress'],
        materials: ['merino', 'wool', 'viscose'],
        patterns: ['plain', 'plain', 'striped'],
        price: [95, 150],
        lines: [
          'One clean line from shoulder to hem, with a slit to walk in.',
          'Sleeveless, lined, and good under a blazer.',
        ],
      },
    ],
  },
  shirts: {
    count: 34,
    sizes: 'letters',
    cuts: [
      {
        style: 'shirt',
        nouns: ['shirt', 'work shirt', 'pocket shirt'],
        materials: ['poplin', 'linen', 'corduroy', 'cotton'],
        patterns: shirtPatterns,
        price: [59, 95],
        lines: [
          'A soft collar, one pocket and a tail long enough to stay tucked.',
          'Straight cut, single-needle seams.',
        ],
      },
      {
        style: 'camp-shirt',
        nouns: ['camp shirt', 'resort shirt'],
        materials: ['viscose', 'linen', 'cotton'],
        patterns: ['floral', 'plain', 'striped', 'plain', 'checked'],
        price: [55, 85],
        lines: ['An open collar and short sleeves; boxy on purpose.', 'Made for days above twenty degrees.'],
      },
      {
        style: 'blouse',
        nouns: ['blouse', 'tie-neck blouse'],
        materials: ['silk', 'viscose', 'poplin'],
        patterns: ['plain', 'dotted', 'floral', 'plain'],
        price: [65, 110],
        lines: ['Full sleeves gathered into a narrow cuff.', 'A tie at the neck to knot, or not.'],
      },
    ],
  },
  't-shirts': {
    count: 34,
    sizes: 'letters',
    cuts: [
      {
        style: 'tee',
        nouns: ['tee', 'heavyweight tee', 'boxy tee'],
        materials: ['cotton', 'linen'],
        patterns: ['plain', 'striped', 'plain', 'plain', 'dotted'],
        price: [25, 42],
        lines: ['A close neck rib and a hem that stays straight.', 'The weight you wish the others had.'],
      },
      {
        style: 'long-tee',
        nouns: ['long-sleeve tee', 'boat-neck top'],
        materials: ['cotton', 'merino'],
        patterns: ['striped', 'plain', 'striped', 'plain'],
        price: [35, 58],
        lines: ['Long sleeves, a slightly wide neck.', 'Good alone and better under things.'],
      },
      {
        style: 'tank',
        nouns: ['tank', 'ribbed tank'],
        materials: ['cotton', 'linen'],
        patterns: ['plain', 'plain', 'striped'],
        price: [22, 36],
        lines: ['Deep armholes, firm binding.', 'A summer one that is not see-through.'],
      },
    ],
  },
  knitwear: {
    count: 34,
    sizes: 'letters',
    cuts: [
      {
        style: 'jumper',
        nouns: ['jumper', 'crew jumper'],
        materials: ['lambswool', 'merino', 'alpaca', 'cotton knit'],
        patterns: ['plain', 'plain', 'striped', 'plain'],
        price: [79, 130],
        lines: [
          'A ribbed crew neck and deep cuffs you can fold.',
          'Knitted in one weight heavier than usual.',
        ],
      },
      {
        style: 'cardigan',
        nouns: ['cardigan', 'pocket cardigan'],
        materials: ['lambswool', 'merino', 'alpaca'],
        patterns: plain,
        price: [85, 140],
        lines: ['Two pockets, big buttons, works as a jacket until November.', 'A V-neck that lies flat.'],
      },
      {
        style: 'roll-neck',
        nouns: ['roll-neck', 'rib roll-neck'],
        materials: ['merino', 'alpaca', 'lambswool'],
        patterns: ['plain', 'plain', 'plain', 'striped'],
        price: [82, 135],
        lines: ['A neck tall enough to hide in.', 'Close at the neck, easy in the body.'],
      },
      {
        style: 'slipover',
        nouns: ['slipover', 'knitted vest'],
        materials: ['lambswool', 'cotton knit', 'merino'],
        patterns: ['plain', 'checked', 'striped'],
        price: [59, 95],
        lines: ['For over a shirt, or instead of one.', 'Ribbed at the arms so that it keeps its shape.'],
      },
    ],
  },
  jackets: {
    count: 34,
    sizes: 'letters',
    cuts: [
      {
        style: 'blazer',
        nouns: ['blazer', 'unlined blazer'],
        materials: ['wool', 'linen', 'tweed', 'corduroy'],
        patterns: ['plain', 'plain', 'checked'],
        price: [149, 240],
        lines: [
          'Soft shoulders, two buttons, inside pocket for a phone.',
          'Half lined, so it moves when you do.',
        ],
      },
      {
        style: 'trucker',
        nouns: ['trucker jacket', 'denim jacket'],
        materials: ['denim'],
        patterns: plain,
        price: [110, 160],
        lines: ['Pointed yoke, flap pockets, ochre stitching.', 'Ends at the hip, fits over a jumper.'],
      },
      {
        style: 'coat',
        nouns: ['coat', 'double-breasted coat'],
        materials: ['wool', 'tweed'],
        patterns: ['plain', 'plain', 'checked'],
        price: [220, 340],
        lines: [
          'Double-breasted and long enough for a platform in January.',
          'Fully lined, with a hook that holds.',
        ],
      },
      {
        style: 'puffer',
        nouns: ['puffer jacket', 'quilted jacket'],
        materials: ['recycled nylon'],
        patterns: plain,
        price: [139, 220],
        lines: ['A high collar and recycled filling.', 'Packs into its own pocket.'],
      },
      {
        style: 'anorak',
        nouns: ['anorak', 'rain parka'],
        materials: ['recycled nylon', 'canvas'],
        patterns: ['plain', 'plain', 'dotted'],
        price: [119, 190],
        lines: ['A hood that turns with your head.', 'Taped seams; bring it on the boat.'],
      },
    ],
  },
  jeans: {
    count: 30,
    sizes: 'waist',
    cuts: [
      {
        style: 'straight-jeans',
        nouns: ['straight jeans', 'high-rise straight jeans'],
        materials: ['denim'],
        patterns: plain,
        price: [89, 130],
        lines: [
          'Straight from the hip, with five pockets and a button fly.',
          'The pair you will still have in ten years.',
        ],
      },
      {
        style: 'wide-jeans',
        nouns: ['wide-leg jeans', 'sailor jeans'],
        materials: ['denim'],
        patterns: plain,
        price: [95, 140],
        lines: ['Close at the waist, wide from there.', 'Falls over a shoe the way it should.'],
      },
      {
        style: 'slim-jeans',
        nouns: ['slim jeans', 'tapered jeans'],
        materials: ['denim'],
        patterns: plain,
        price: [85, 120],
        lines: ['Narrow without squeezing, two per cent stretch.', 'Tapers to the ankle.'],
      },
    ],
  },
  trousers: {
    count: 32,
    sizes: 'letters',
    cuts: [
      {
        style: 'pleated-trousers',
        nouns: ['pleated trousers', 'tapered trousers'],
        materials: ['wool', 'linen', 'twill'],
        patterns: ['plain', 'plain', 'striped', 'checked'],
        price: [85, 135],
        lines: ['One pleat each side and a pressed crease.', 'High in the waist, tapered to the ankle.'],
      },
      {
        style: 'wide-trousers',
        nouns: ['wide-leg trousers', 'palazzo trousers'],
        materials: ['viscose', 'linen', 'wool'],
        patterns: ['plain', 'plain', 'checked', 'striped'],
        price: [79, 130],
        lines: ['Wide enough to be mistaken for a skirt.', 'An elastic back that nobody will see.'],
      },
      {
        style: 'chinos',
        nouns: ['chinos', 'tapered chinos'],
        materials: ['twill', 'corduroy'],
        patterns: plain,
        price: [69, 105],
        lines: ['Slant pockets, a clean front.', 'Garment-dyed, so the colour sits deep.'],
      },
      {
        style: 'shorts',
        nouns: ['pleated shorts', 'Bermuda shorts'],
        materials: ['linen', 'twill', 'cotton'],
        patterns: ['plain', 'plain', 'striped'],
        price: [49, 79],
        lines: ['Cut to just above the knee.', 'Deep pockets for shells and keys.'],
      },
    ],
  },
  skirts: {
    count: 32,
    sizes: 'letters',
    cuts: [
      {
        style: 'pleated-skirt',
        nouns: ['pleated skirt', 'sunray skirt'],
        materials: ['satin', 'viscose', 'wool'],
        patterns: ['plain', 'checked', 'plain', 'floral'],
        price: [75, 120],
        lines: ['Pleats set by heat; they come back after the wash.', 'Moves a moment after you do.'],
      },
      {
        style: 'slip-skirt',
        nouns: ['slip skirt', 'bias midi skirt'],
        materials: ['satin', 'silk', 'viscose'],
        patterns: ['plain', 'plain', 'dotted', 'floral'],
        price: [69, 115],
        lines: ['Cut on the bias, with a flat waistband.', 'Dress it down with a big jumper.'],
      },
      {
        style: 'mini-skirt',
        nouns: ['button skirt', 'A-line skirt'],
        materials: ['denim', 'corduroy', 'twill', 'suede'],
        patterns: plain,
        price: [55, 90],
        lines: ['Buttons all the way, two real pockets.', 'A-line, to the middle of the thigh.'],
      },
      {
        style: 'tiered-skirt',
        nouns: ['tiered skirt', 'prairie skirt'],
        materials: ['cotton', 'linen', 'poplin'],
        patterns: ['floral', 'plain', 'checked', 'plain', 'dotted'],
        price: [65, 105],
        lines: ['Three tiers and a drawstring.', 'Light enough for the hottest week.'],
      },
    ],
  },
  shoes: {
    count: 34,
    sizes: 'shoe',
    cuts: [
      {
        style: 'sneaker',
        nouns: ['sneakers', 'court shoes', 'low trainers'],
        materials: ['leather', 'canvas', 'suede'],
        patterns: plain,
        price: [89, 140],
        lines: ['A stitched rubber sole and a padded heel.', 'They go with everything, and say little.'],
      },
      {
        style: 'chelsea',
        nouns: ['Chelsea boots', 'ankle boots'],
        materials: ['leather', 'suede'],
        patterns: plain,
        price: [149, 220],
        lines: [
          'Elastic sides and a pull loop, welted so they can be resoled.',
          'A low heel for long walks.',
        ],
      },
      {
        style: 'loafer',
        nouns: ['penny loafers', 'loafers'],
        materials: ['leather', 'suede'],
        patterns: plain,
        price: [119, 180],
        lines: ['Soft from the first day, with a saddle across the front.', 'Slip in, walk off.'],
      },
      {
        style: 'mary-jane',
        nouns: ['Mary Janes', 'strap flats'],
        materials: ['leather', 'suede', 'satin'],
        patterns: plain,
        price: [99, 150],
        lines: ['One strap, one small buckle, a rounded toe.', 'Flat enough to run for a tram.'],
      },
    ],
  },
  bags: {
    count: 30,
    sizes: 'one',
    cuts: [
      {
        style: 'tote',
        nouns: ['tote', 'shopper'],
        materials: ['canvas', 'leather'],
        patterns: ['plain', 'striped', 'plain', 'floral', 'checked'],
        price: [59, 150],
        lines: [
          'Two handles, one inside pocket, holds a laptop and leeks.',
          'A leather base that keeps it standing.',
        ],
      },
      {
        style: 'crossbody',
        nouns: ['crossbody bag', 'saddle bag'],
        materials: ['leather', 'suede'],
        patterns: plain,
        price: [99, 190],
        lines: [
          'A flap with a quiet click and a strap you can shorten.',
          'For a book, a phone and both sets of keys.',
        ],
      },
      {
        style: 'bucket',
        nouns: ['bucket bag', 'drawstring bag'],
        materials: ['leather', 'suede', 'canvas'],
        patterns: plain,
        price: [95, 180],
        lines: ['Pulls shut with one cord.', 'Round bottom, bottomless inside.'],
      },
      {
        style: 'backpack',
        nouns: ['backpack', 'rucksack'],
        materials: ['canvas', 'recycled nylon'],
        patterns: ['plain', 'plain', 'checked'],
        price: [89, 150],
        lines: ['Buckled straps, padded back.', 'Twenty litres and a pocket for the bottle.'],
      },
    ],
  },
  accessories: {
    count: 32,
    sizes: 'one',
    cuts: [
      {
        style: 'scarf',
        nouns: ['scarf', 'fringed scarf'],
        materials: ['lambswool', 'alpaca', 'wool'],
        patterns: ['checked', 'plain', 'striped', 'plain'],
        price: [45, 85],
        lines: ['Two metres, with a hand-knotted fringe.', 'Wraps twice and stays put.'],
      },
      {
        style: 'beanie',
        nouns: ['beanie', 'rib hat'],
        materials: ['merino', 'lambswool'],
        patterns: plain,
        price: [29, 49],
        lines: ['A deep rib to fold once or twice.', 'Does not itch, even after an hour.'],
      },
      {
        style: 'belt',
        nouns: ['belt', 'narrow belt'],
        materials: ['leather'],
        patterns: plain,
        price: [39, 69],
        lines: ['Solid brass buckle, five holes.', 'Cut from one piece.'],
      },
      {
        style: 'socks',
        nouns: ['socks', 'boot socks'],
        materials: ['cotton knit', 'merino'],
        patterns: ['striped', 'plain', 'dotted', 'checked', 'plain'],
        price: [12, 22],
        lines: ['Reinforced where socks give up first.', 'A pair you will want back from the wash.'],
      },
      {
        style: 'hat',
        nouns: ['packable hat', 'brimmed hat'],
        materials: ['straw', 'wool'],
        patterns: plain,
        price: [45, 79],
        lines: ['A brim with real shade in it.', 'Rolls up for travelling.'],
      },
    ],
  },
};
