export { type Watched, watchedOn, watchSlots } from '../../src/cli/audit/watch-slots.ts';
