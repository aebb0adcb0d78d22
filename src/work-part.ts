import { startPageWork } from './page/page-work.ts';
import type { WorkPart } from './page/personalizer.ts';
import type { ShopSystems } from './page/shop-systems.ts';

/** What works on the page under a grant. */
export const partWith = (systems: ShopSystems): WorkPart => ({
  startPageWork: (parts) => startPageWork({ ...parts, systems }),
});
