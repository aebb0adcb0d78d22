/** Address of a file beside the worker's own. A blob has no place: the page tells it in `reshelfBase`. */
export function beside(name: string): string {
  const base = new URL(Reflect.get(self, 'reshelfBase') ?? self.location.href);
  const url = new URL(name, base);
  url.search = base.search; // a version that the shop appends to the worker's address goes for all
  return url.href;
}
