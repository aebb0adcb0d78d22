import { errorAt } from '../cli-error.ts';
import type { Line } from '../records/lines.ts';

const MAX_LINE_LENGTH = 16_000_000;

/** The lines of a text that comes in pieces, some at a time; blank ones are skipped. */
export async function* linesOf(file: string, text: AsyncGenerator<string>): AsyncGenerator<Line[]> {
  let rest = '';
  let number = 0;
  const toLines = (texts: readonly string[]): Line[] =>
    texts.flatMap((line) => {
      number += 1;
      return line.trim() === '' ? [] : [{ number, text: line }];
    });
  for await (const piece of text) {
    const texts = (rest + piece).split('\n');
    rest = texts.pop() ?? '';
    if (rest.length > MAX_LINE_LENGTH)
      throw errorAt(
        file,
        number + texts.length + 1,
        'expected one JSON object a line, got a line of more than 16 MB',
      );
    yield toLines(texts);
  }
  yield toLines([rest]);
}
