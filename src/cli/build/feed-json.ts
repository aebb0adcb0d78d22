import { readRecord } from '../records/record.ts';
import { type Feed, type FeedPart, toProduct } from './feed.ts';
import { linesOf } from './json-lines.ts';

/**
 * JSON lines: {"id", "category"?, "title"?, "brand"?, "color"?}; whatever else a line has is not looked at.
 * @throws CliError with file and line
 */
export async function* readFeedJson(file: string, text: AsyncGenerator<string>, idName = 'id'): Feed {
  for await (const lines of linesOf(file, text)) {
    const part: FeedPart = { products: [], names: [] };
    for (const line of lines) {
      const record = readRecord(file, line);
      const id = record.text(idName);
      const product = toProduct({
        id,
        category: record.optionalText('category'),
        title: record.optionalText('title'),
        brand: record.optionalText('brand'),
        colour: record.optionalText('color') ?? record.optionalText('colour'),
      });
      part.products.push(
        product ?? record.fail(`expected an id of at most 128 characters, got "${id.slice(0, 40)}"`),
      );
    }
    yield part;
  }
}
