import { defined } from '../core/defined.ts';
import type { PanelSettings } from './panel-host.ts';

/** A text of the script tag. */
const textOf = ({ attributes = {} }: PanelSettings, name: string) =>
  attributes[`reshelf${name}`]?.trim() || undefined;

/** Settings with what the script tag says; what was set in code wins. */
export function askSettings(settings: PanelSettings): PanelSettings {
  const text = (name: string) => textOf(settings, name);
  return {
    ...defined({
      launcher: text('Launcher') as PanelSettings['launcher'], // anything but "off" is on
      why: text('Why') as PanelSettings['why'],
      noticeUrl: text('NoticeUrl'),
      language: text('Language'),
      texts: ownTexts(),
    }),
    ...settings,
  };
}

/** The same for what only the panel asks for. */
export function panelSettings(settings: PanelSettings): PanelSettings {
  const name = textOf(settings, 'Controller');
  const contact = textOf(settings, 'ControllerContact');
  return {
    ...defined({
      portable: textOf(settings, 'Portable') as PanelSettings['portable'],
      auditUrl: textOf(settings, 'AuditUrl'),
      controller: name === undefined ? undefined : { name, ...defined({ contact }) },
    }),
    ...settings,
  };
}

/** The shop's own words: `<script type="application/json" data-reshelf-texts>{"allow": "Yes, please"}</script>`. */
function ownTexts(): Record<string, string> | undefined {
  const text = document.querySelector('script[data-reshelf-texts]')?.textContent;
  if (!text) return undefined;
  return Object.fromEntries(
    Object.entries(JSON.parse(text) as object).map(([key, value]) => [key, String(value)]),
  );
}
