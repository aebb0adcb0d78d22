export type Undo = () => void;

/**
 * Adds a sheet of rules to the page; adopted, because a strict style-src blocks `<style>`.
 * @returns puts other rules in their place, or none
 */
export function adoptSheet(rules: string): (others?: string) => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets.push(sheet);
  return (others = '') => sheet.replaceSync(others); // one without rules stays: the page may have put its own around it
}
