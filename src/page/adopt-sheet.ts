export type Undo = () => void;

/** Adds a sheet of rules to the page; adopted, because a strict style-src blocks `<style>`. @returns takes it away */
export function adoptSheet(rules: string): Undo {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets.push(sheet);
  return () => sheet.replaceSync(''); // what stays is empty: the page may have put its own sheets around it
}
