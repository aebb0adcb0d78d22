import sax from 'sax';
import { errorAt } from '../cli-error.ts';
import { addName, type Feed, type FeedPart, toProduct } from './feed.ts';

/** A product's own elements by name without prefix ("g:id" is "id"); of repeated ones the first. */
type Fields = Map<string, string>;

/**
 * Google Merchant XML: RSS 2.0 (`item`) or Atom (`entry`). No entity but XML's own is resolved and nothing outside
 * the file is read.
 * @throws CliError with file and line on broken XML or a product without an id
 */
export async function* readFeedXml(file: string, text: AsyncGenerator<string>, idName = ''): Feed {
  const parser = sax.parser(true, { position: true });
  let part: FeedPart = { products: [], names: [] };
  let fields: Fields | undefined;
  let startLine = 0;
  let element = '';
  let depth = 0;
  let content = '';
  let count = 0;

  parser.onerror = (error) => {
    throw errorAt(file, parser.line + 1, `expected well-formed XML: ${error.message.split('\n', 1)[0]}`);
  };
  parser.onopentag = ({ name }) => {
    if (fields === undefined) {
      if (!/^(item|entry)$/i.test(localName(name))) return;
      fields = new Map();
      startLine = parser.line + 1;
      depth = 0;
      return;
    }
    depth += 1;
    if (depth > 1) return;
    element = localName(name);
    content = '';
  };
  parser.ontext = parser.oncdata = (piece) => {
    if (fields !== undefined && depth === 1) content += piece;
  };
  parser.onclosetag = () => {
    if (fields === undefined) return;
    if (depth === 1 && !fields.has(element)) fields.set(element, content.trim());
    if (depth > 0) depth -= 1;
    else {
      count += 1;
      add(file, startLine, fields, idName, part);
      fields = undefined;
    }
  };
  for await (const piece of text) {
    parser.write(piece.replace(/^\uFEFF/, ''));
    yield part;
    part = { products: [], names: [] };
  }
  parser.close();
  if (count === 0)
    throw errorAt(file, 1, 'expected <item> or <entry> elements as in a Google Merchant feed, found none');
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase();

function add(file: string, line: number, fields: Fields, idName: string, part: FeedPart): void {
  const get = (name: string) => fields.get(name) ?? '';
  const id = idName === '' ? get('item_group_id') || get('id') : get(localName(idName));
  const product = toProduct({
    id,
    title: get('title'),
    category: get('product_type') || get('google_product_category'),
    brand: get('brand'),
    colour: get('color'),
  });
  if (product === undefined)
    throw errorAt(file, line, `expected an id in the product that starts here, got "${id.slice(0, 40)}"`);
  part.products.push(product);
  addName(part.names, get('id'), product.id);
}
