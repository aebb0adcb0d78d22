export { showPanel } from './panel/panel.tsx';
