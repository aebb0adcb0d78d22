import { errorAt } from '../cli-error.ts';

/** Longest row, in UTF-16 code units; without a limit one stray quote would swallow the file. */
const MAX_ROW_LENGTH = 1_000_000;

/** One row of a CSV or TSV file; `line` is where it starts, 1-based. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A table's header: looks columns up by any of their names, in any case. */
export interface Header {
  has(...names: readonly string[]): boolean;
  /** Reads the first of the named columns that the table has; `''` where it has none. */
  reader(...names: readonly string[]): (row: TableRow) => string;
  readonly names: readonly string[];
}

export interface Table {
  readonly header: Header;
  /** The rows below the header, some at a time. */
  readonly rows: AsyncGenerator<TableRow[]>;
}

/** Tab, semicolon or comma: the one that the first line has most of. */
export function delimiterOf(start: string): string {
  const first = start.split('\n', 1)[0] ?? '';
  const counts = ['\t', ';', ','].map((mark) => [mark, first.split(mark).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/**
 * Reads a table piece by piece (RFC 4180; also other delimiters, and line ends of every kind).
 * @throws CliError with file and line on a quote that is never closed, text behind a quote, or a row of another
 * length than the header. Rows of a TSV file may leave empty cells at the end out.
 */
export async function readTable(
  file: string,
  text: AsyncGenerator<string>,
  delimiter: string,
): Promise<Table> {
  const parse = createParser(file, delimiter);
  async function* parsed(): AsyncGenerator<TableRow[]> {
    for await (const piece of text) yield parse.push(piece);
    yield parse.end();
  }
  const batches = parsed();
  let first: TableRow[] = [];
  while (first.length === 0) {
    const next = await batches.next();
    if (next.done === true) throw errorAt(file, 1, 'expected a header and rows, the file is empty');
    first = next.value;
  }
  const [top, ...rest] = first;
  const width = top?.cells.length ?? 0;
  const check = (rows: TableRow[]): TableRow[] => {
    for (const { line, cells } of rows)
      if (cells.length > width || (cells.length < width && delimiter !== '\t'))
        throw errorAt(file, line, `expected ${width} columns as in the header, got ${cells.length}`);
    return rows;
  };
  async function* rows(): AsyncGenerator<TableRow[]> {
    yield check(rest);
    for await (const batch of batches) yield check(batch);
  }
  return { header: headerOf(top?.cells ?? []), rows: rows() };
}

function headerOf(cells: readonly string[]): Header {
  const names = cells.map((cell) =>
    cell
      .replace(/^\uFEFF/, '')
      .trim()
      .toLowerCase(),
  );
  const find = (wanted: readonly string[]) =>
    wanted.map((name) => names.indexOf(name.toLowerCase())).find((at) => at >= 0) ?? -1;
  return {
    names,
    has: (...wanted) => find(wanted) >= 0,
    reader(...wanted) {
      const at = find(wanted);
      return (row) => row.cells[at]?.trim() ?? '';
    },
  };
}

interface Parser {
  push(text: string): TableRow[];
  end(): TableRow[];
}

/** Cells are cut out of the text where they lie; only a quoted cell is looked at for doubled quotes. */
function createParser(file: string, delimiter: string): Parser {
  let rest = '';
  let line = 1;

  /** @param isLast whether the text ends here; otherwise an unfinished row waits for more */
  function take(text: string, isLast: boolean): TableRow[] {
    const rows: TableRow[] = [];
    let at = 0;
    for (;;) {
      const row = takeRow(text, at, isLast);
      if (row === undefined) break;
      if (row.cells.length > 1 || row.cells[0] !== '') rows.push({ line, cells: row.cells });
      line += row.lines;
      at = row.end;
    }
    rest = text.slice(at);
    if (rest.length > MAX_ROW_LENGTH)
      throw errorAt(
        file,
        line,
        'expected the row that starts here to end within 1 MB; is a quote not closed?',
      );
    return rows;
  }

  function takeRow(
    text: string,
    start: number,
    isLast: boolean,
  ): { cells: string[]; end: number; lines: number } | undefined {
    if (start >= text.length) return undefined;
    const cells: string[] = [];
    let at = start;
    let lines = 0;
    for (;;) {
      let stop: number;
      if (text[at] === '"') {
        const close = closingQuote(text, at + 1);
        // a quote at the very end may be the first of two
        if (close < 0 || (close === text.length - 1 && !isLast)) {
          if (isLast) throw errorAt(file, line + lines, 'expected the quote that opens here to be closed');
          return undefined;
        }
        const quoted = text.slice(at + 1, close);
        for (let end = quoted.indexOf('\n'); end >= 0; end = quoted.indexOf('\n', end + 1)) lines += 1;
        cells.push(quoted.replaceAll('""', '"'));
        stop = close + 1;
      } else {
        stop = endOfCell(text, at);
        cells.push(text.slice(at, stop));
      }
      if (stop >= text.length) return isLast ? { cells, end: stop, lines: lines + 1 } : undefined;
      const mark = text[stop];
      if (mark === delimiter) {
        at = stop + 1;
        continue;
      }
      if (mark === '\r' && stop + 1 >= text.length && !isLast) return undefined; // its \n may be in the next piece
      const isBreak = mark === '\n' || mark === '\r';
      if (!isBreak)
        throw errorAt(file, line + lines, `expected a delimiter behind the closing quote, got "${mark}"`);
      return { cells, end: stop + (mark === '\r' && text[stop + 1] === '\n' ? 2 : 1), lines: lines + 1 };
    }
  }

  function endOfCell(text: string, from: number): number {
    for (let at = from; at < text.length; at++) {
      const mark = text[at];
      if (mark === delimiter || mark === '\n' || mark === '\r') return at;
    }
    return text.length;
  }

  return { push: (text) => take(rest + text, false), end: () => take(rest, true) };
}

/** The quote that ends a cell: doubled ones do not. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return -1;
}
