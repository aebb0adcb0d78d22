export { fillShared } from './panel/fill-shared.ts';
