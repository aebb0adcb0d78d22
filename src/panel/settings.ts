import { defined } from '../core/defined.ts';
import type { PanelSettings } from './panel-host.ts';

/** Settings with what the script tag says; what was set in code wins. */
export function panelSettings(settings: PanelSettings): PanelSettings {
  const { attributes = {} } = settings;
  const text = (name: string) => attributes[`reshelf${name}`]?.trim() || undefined;
  const isOn = (name: string) => {
    const word = text(name);
    return word === undefined ? undefined : word === 'off' ? ('off' as const) : ('on' as const);
  };
  const name = text('Controller');
  const contact = text('ControllerContact');
  return {
    ...defined({
      launcher: isOn('Launcher'),
      why: isOn('Why'),
      portable: isOn('Portable'),
      noticeUrl: text('NoticeUrl'),
      language: text('Language'),
      auditUrl: text('AuditUrl'),
      controller: name === undefined ? undefined : { name, ...defined({ contact }) },
      texts: ownTexts(),
    }),
    ...settings,
  };
}

/** The shop's own words: `<script type="application/json" data-reshelf-texts>{"allow": "Yes, please"}</script>`. */
function ownTexts(): Record<string, string> | undefined {
  const text = document.querySelector('script[data-reshelf-texts]')?.textContent;
  if (!text) return undefined;
  const own: unknown = JSON.parse(text);
  if (typeof own !== 'object' || own === null)
    throw new TypeError('data-reshelf-texts: expected an object of texts by key');
  return Object.fromEntries(Object.entries(own).map(([key, value]) => [key, String(value)]));
}
