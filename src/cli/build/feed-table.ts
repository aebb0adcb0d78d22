import { errorAt } from '../cli-error.ts';
import type { Header, Table, TableRow } from './delimited.ts';
import { addName, COLOUR_NAME, type Feed, type FeedPart, type RawProduct, toProduct } from './feed.ts';

/** Turns the rows of one kind of product table into products and names. Kept between rows: variants follow. */
type ReadRow = (row: TableRow, part: FeedPart) => void;

interface TableKind {
  readonly title: string;
  matches(header: Header): boolean;
  reader(header: Header, file: string, idColumn: string | undefined): ReadRow;
}

const shopify: TableKind = {
  title: 'Shopify',
  matches: (header) =>
    header.has('handle', 'url handle') &&
    header.has('title') &&
    header.has('vendor', 'variant price', 'price'),
  reader(header, file, idColumn) {
    const handle = header.reader('handle', 'url handle');
    const own = idColumn === undefined ? handle : header.reader(idColumn);
    const title = header.reader('title');
    const type = header.reader('type');
    const taxonomy = header.reader('product category');
    const brand = header.reader('vendor');
    const sku = header.reader('variant sku', 'sku');
    const status = header.reader('status');
    const options = [1, 2, 3].map((n) => [
      header.reader(`option${n} name`),
      header.reader(`option${n} value`),
    ]);
    let current = { handle: '', id: '' };
    return (row, part) => {
      const name = handle(row);
      if (name === '') throw errorAt(file, row.line, 'expected a handle, got none');
      if (name !== current.handle) {
        current = { handle: name, id: '' };
        if (/^(draft|archived)$/i.test(status(row))) return; // in no list; its variants' rows are skipped below
        if (title(row) === '')
          throw errorAt(file, row.line, `expected a title in the first row of "${name}"`);
        const colour = options.find(([option]) => COLOUR_NAME.test(option?.(row) ?? ''))?.[1]?.(row);
        const raw = {
          id: own(row),
          title: title(row),
          category: type(row) || taxonomy(row),
          brand: brand(row),
        };
        current.id = addProduct(file, row, part, { ...raw, colour });
        addName(part.names, name, current.id);
      }
      if (current.id !== '') addName(part.names, sku(row), current.id);
    };
  },
};

const wooCommerce: TableKind = {
  title: 'WooCommerce',
  matches: (header) => header.has('id') && header.has('name') && header.has('categories'),
  reader(header, file, idColumn) {
    const number = header.reader('id');
    const sku = header.reader('sku');
    const own = idColumn === undefined ? number : header.reader(idColumn);
    const type = header.reader('type');
    const parent = header.reader('parent');
    const published = header.reader('published');
    const title = header.reader('name');
    const categories = header.reader('categories');
    const brand = header.reader('brands', 'brand');
    const attributes = Array.from({ length: 12 }, (_, i) => [
      header.reader(`attribute ${i + 1} name`),
      header.reader(`attribute ${i + 1} value(s)`),
    ]);
    return (row, part) => {
      if (/\bvariation\b/i.test(type(row))) {
        const owner = parent(row).replace(/^id:/, '');
        if (owner === '') throw errorAt(file, row.line, 'expected the parent of this variation, got none');
        addName(part.names, number(row), owner);
        addName(part.names, sku(row), owner);
        return;
      }
      if (published(row) === '-1') return; // a draft
      const colour = attributes.find(([name]) => COLOUR_NAME.test(name?.(row) ?? ''))?.[1]?.(row);
      const id = addProduct(file, row, part, {
        id: own(row),
        title: title(row),
        category: deepest(categories(row)),
        brand: brand(row),
        colour: colour?.split(',', 1)[0],
      });
      addName(part.names, number(row), id);
      addName(part.names, sku(row), id);
    };
  },
};

/** Google Merchant's TSV, and any table with an id and a title. */
const merchant: TableKind = {
  title: 'Google Merchant',
  matches: (header) => header.has('id') && header.has('title'),
  reader(header, file, idColumn) {
    const variant = header.reader('id');
    const group = header.reader('item group id', 'item_group_id');
    const own = idColumn === undefined ? undefined : header.reader(idColumn);
    const type = header.reader('product type', 'product_type', 'category');
    const taxonomy = header.reader('google product category', 'google_product_category');
    const title = header.reader('title');
    const brand = header.reader('brand');
    const colour = header.reader('color', 'colour');
    return (row, part) => {
      const id = addProduct(file, row, part, {
        id: own?.(row) ?? (group(row) || variant(row)),
        title: title(row),
        category: deepest(type(row)) || taxonomy(row),
        brand: brand(row),
        colour: colour(row),
      });
      addName(part.names, variant(row), id);
    };
  },
};

const KINDS = [shopify, wooCommerce, merchant];

/** @throws CliError when the header is of no known kind, or a row has no id */
export async function* readFeedTable(file: string, table: Table, idColumn: string | undefined): Feed {
  const { header, rows } = table;
  const kind = KINDS.find((known) => known.matches(header));
  if (kind === undefined)
    throw errorAt(
      file,
      1,
      `expected the columns of a Shopify (Handle, Title, Vendor), WooCommerce (ID, Name, Categories) or Google (id, title) export, got ${header.names.slice(0, 8).join(', ')}`,
    );
  if (idColumn !== undefined && !header.has(idColumn))
    throw errorAt(file, 1, `expected a column "${idColumn}" for --id, got ${header.names.join(', ')}`);
  const readRow = kind.reader(header, file, idColumn);
  for await (const batch of rows) {
    const part: FeedPart = { products: [], names: [] };
    for (const row of batch) readRow(row, part);
    yield part;
  }
}

function addProduct(file: string, row: TableRow, part: FeedPart, raw: RawProduct): string {
  const product = toProduct(raw);
  if (product === undefined)
    throw errorAt(file, row.line, `expected an id of at most 128 characters, got "${raw.id.slice(0, 40)}"`);
  part.products.push(product);
  return product.id;
}

/** Of "A > B, C" the path with most levels, the first of them; a comma behind a backslash is part of a name. */
function deepest(categories: string): string {
  const paths = categories.split(/(?<!\\),/).map((path) => path.replaceAll('\\,', ',').trim());
  return paths.reduce((best, path) => (path.split('>').length > best.split('>').length ? path : best));
}
