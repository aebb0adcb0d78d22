export { readLedger, startContributing, takeBack } from './page/contributing.ts';
