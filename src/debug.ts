export { showOverlay } from './page/debug-overlay.ts';
