import { errorAt } from '../cli-error.ts';
import { delimiterOf, readTable } from './delimited.ts';
import type { Feed } from './feed.ts';
import { readFeedJson } from './feed-json.ts';
import { readFeedTable } from './feed-table.ts';
import { readFeedXml } from './feed-xml.ts';
import { peekText } from './text.ts';

/**
 * The products of a catalogue in any of the known formats, told apart by what the file holds.
 * @param idName the column or element that the shop's pages use as the product's id, where it is not the usual one
 * @throws CliError with file and line
 */
export async function* readCatalogue(file: string, idName: string | undefined): Feed {
  const [start, text] = await peekText(file);
  const first = start.replace(/^\uFEFF/, '').trimStart();
  if (first === '') throw errorAt(file, 1, 'expected a catalogue, the file is empty');
  if (first.startsWith('<')) yield* readFeedXml(file, text, idName);
  else if (first.startsWith('{')) yield* readFeedJson(file, text, idName);
  else if (first.startsWith('['))
    throw errorAt(
      file,
      1,
      'expected one JSON object a line, got a JSON list; write each product on a line of its own',
    );
  else yield* readFeedTable(file, await readTable(file, text, delimiterOf(start)), idName);
}
