import { type Boot, boot } from './page/boot.ts';
import { isOff } from './page/off.ts';
import { leaveParts } from './page/parts.ts';

/**
 * The one line in a shop's head, `reshelf.boot.js`: orders lists before the first paint by what is remembered, and
 * loads `reshelf.js` from beside itself with the first frame, which takes the settings from this tag.
 */
const tag = document.currentScript as HTMLScriptElement; // readable only while the script's top level runs
if (!isOff()) {
  let booted: Boot | undefined;
  try {
    booted = boot(`reshelf${tag.dataset.reshelfShop ?? ''}`);
  } catch {
    // the shop's own order stands; the script will tell what is wrong
  }
  leaveParts({ tag, boot: booted });
  // With the first frame, so that no byte of it comes before; a version that the shop appends (`?v=1`) goes for it, too.
  // Where this may not load it, a second tag may.
  requestAnimationFrame(() => import(tag.src.replace(/boot\.(?!.*\/)/, '')).catch(() => {}));
}
