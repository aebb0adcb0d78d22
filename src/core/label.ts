/** Longest attribute that is still a label and not a text somebody wrote. */
const MAX_LABEL_LENGTH = 64;
const PATH_MARK = ' > ';

/**
 * One spelling for an attribute of the shop (" Navy  BLUE ") so that counts add up.
 * @returns `undefined` for anything that is not a short text
 */
export function toLabel(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const label = value.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
  return label !== '' && label.length <= MAX_LABEL_LENGTH ? label : undefined;
}

/**
 * A category as the shop wrote it ("Women > Dresses > Wrap dresses"), normalized, its last three levels.
 * @returns levels joined by " > ", or `undefined` when there is none
 */
export function toCategory(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const levels = value.split(/\s*[>›»]\s*/).flatMap((level) => toLabel(level) ?? []);
  return levels.length > 0 ? levels.slice(-3).join(PATH_MARK) : undefined;
}

/** A category and all that contain it, widest first: `['dresses', 'dresses > wrap dresses']`. */
export function categoryLevels(category: string): string[] {
  const levels = category.split(PATH_MARK);
  return levels.map((_, i) => levels.slice(0, i + 1).join(PATH_MARK));
}
