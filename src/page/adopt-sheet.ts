export type Undo = () => void;

/** Adds a sheet of rules to the page; adopted, because a strict style-src blocks `<style>`. @returns takes it away */
export function adoptSheet(rules: string): Undo {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
