export { fillWhy } from './panel/why.ts';
