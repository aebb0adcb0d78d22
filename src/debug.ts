export { showOverlay } from './page/overlay.ts';
