export { attend } from './panel/attend.ts';
