export type Undo = () => void;

/**
 * Adds a sheet of rules to the page; adopted, because a strict style-src blocks `<style>`.
 * @returns puts others in their place, or takes them away: what stays is empty, as the page may have put its own sheets
 * around it
 */
export function adoptSheet(rules: string): (others?: string) => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets.push(sheet);
  return (others = '') => sheet.replaceSync(others);
}
