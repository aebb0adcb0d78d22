/** `tsx src/own.ts <cache> <folder> [l2] [newWeight]`: fit one folder with its artefacts and judge against shop and non-personal. */
import { load } from './lab.ts';
import { COLD, fitOn, judge, NON_PERSONAL, ranksOf, short, table, weightLines } from './study.ts';
const [cache = 'cache', n = 'eshop2008', l2 = '5', nw = '1', fw = '1'] = process.argv.slice(2);
const train = load(`${cache}/${n}.train`), dev = load(`${cache}/${n}.dev`);
const base = fitOn({ [n]: train }, { use: NON_PERSONAL, l2: 1, zeroPrior: true, freeSigns: true, freshWeight: { [n]: Number(fw) } });
const baseRanks = ranksOf(dev, base);
console.log('nonpersonal', short(judge(dev, baseRanks)));
const own = fitOn({ [n]: train }, { use: COLD.map(() => true), l2: Number(l2), newWeight: { [n]: Number(nw) }, freshWeight: { [n]: Number(fw) } });
const ranks = ranksOf(dev, own);
console.log('own        ', short(judge(dev, ranks)));
console.log('vs nonpersonal\n' + table(judge(dev, ranks, baseRanks), ['all', 'new', 'fresh', 'fresh&new']));
if (process.env['W'] !== undefined) console.log(weightLines(own));
if (process.env['T'] !== undefined) console.log(table(judge(dev, ranks)));
