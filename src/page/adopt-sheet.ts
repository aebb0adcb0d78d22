export type Undo = () => void;

/**
 * Adds a sheet of rules to the page; adopted, because a strict style-src blocks `<style>`.
 * @returns puts others in their place; what is no style leaves the sheet empty, which stays: the page may have put its own
 * sheets around it
 */
export function adoptSheet(rules: string): (others?: unknown) => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets.push(sheet);
  return (others) => sheet.replaceSync(others as string);
}
