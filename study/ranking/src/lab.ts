/** Lab driver: extraction cache. `tsx src/lab.ts extract <folder> [out]` */
import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { buildArtefacts, DEFAULT_TABLES, itemHash, type Artefacts, type TableSettings } from './artefacts.ts';
import { extract, type Extracted, type ListNote } from './extract.ts';
import { FEATURES } from './features.ts';
import { basketsOf, readFolder, readSessions, readTasks, trainTasks, type Moment, type Session } from './replay.ts';

export const DATA = '../shared/data';
export const NAMES = ['onlineretail', 'eshop2008', 'trivago-mini'] as const;
const FOLDS = 6;

export function save(path: string, set: Extracted): void {
  writeFileSync(`${path}.rows`, new Uint8Array(set.rows.buffer, set.rows.byteOffset, set.rows.byteLength));
  writeFileSync(`${path}.masked`, set.masked);
  writeFileSync(`${path}.json`, JSON.stringify({ width: set.width, starts: [...set.starts], targets: [...set.targets], weights: [...set.weights], notes: set.notes, targetOf: set.targetOf }));
}
export function load(path: string): Extracted {
  const meta = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as { width: number; starts: number[]; targets: number[]; weights: number[]; notes: ListNote[]; targetOf: string[] };
  const raw = readFileSync(`${path}.rows`);
  const rows = new Float32Array(raw.length / 4);
  new Uint8Array(rows.buffer).set(raw);
  return { width: meta.width, rows, masked: new Uint8Array(readFileSync(`${path}.masked`)), starts: Int32Array.from(meta.starts), targets: Int32Array.from(meta.targets),
    weights: Float32Array.from(meta.weights), notes: meta.notes, targetOf: meta.targetOf };
}

const foldOf = (session: Session): number => itemHash(session.user ?? session.session) % FOLDS;
const log = (text: string): void => { process.stderr.write(`${(process.uptime()).toFixed(1)}s ${text}\n`); };

export interface TrainPlan { readonly skipFirst: number; readonly perSession: number; readonly oneIn: number; readonly tables?: Partial<TableSettings> }
export const PLANS: Record<string, TrainPlan> = {
  onlineretail: { skipFirst: 0.4, perSession: 2, oneIn: 6 },
  eshop2008: { skipFirst: 0.55, perSession: 4, oneIn: 6, tables: { blockShrink: 50, chance: 'pairs', window: 60, shrink: 4, countPower: 1 } },
  'trivago-mini': { skipFirst: 0, perSession: 8, oneIn: 4 },
};

export function extractFolder(name: string, out: string, override: Partial<TableSettings> = {}): void {
  mkdirSync(out, { recursive: true });
  const folder = readFolder(`${DATA}/${name}`);
  const plan = PLANS[name] ?? { skipFirst: 0.4, perSession: 2, oneIn: 6 };
  const settings: TableSettings = { ...DEFAULT_TABLES, ...plan.tables, ...override };
  log(`${name} read`);
  const baskets = basketsOf(folder.train);
  const categoryOf = (id: string): string | undefined => folder.catalogue.get(id)?.category;
  const outOfFold: Artefacts[] = [];
  for (let fold = 0; fold < FOLDS; fold++) outOfFold.push(buildArtefacts(baskets.filter((_, at) => foldOf(folder.train[at]!) !== fold), categoryOf, settings));
  const full = buildArtefacts(baskets, categoryOf, settings);
  log(`tables built: ${full.rows.size} rows, longest ${Math.max(0, ...[...full.rows.values()].map((r) => r.length))} bytes`);
  const skip = Math.floor(folder.train.length * plan.skipFirst);
  const tasks = trainTasks(folder, folder.train.slice(skip), plan.perSession, 7);
  const foldBySession = folder.train.map(foldOf);
  const set = extract(folder, folder.train.slice(0, skip), folder.train.slice(skip), tasks, {
    contexts: ['full', 'one', 'page'],
    artefactsFor: (m: Moment) => outOfFold[foldBySession[m.sessionAt] ?? 0],
    keep: (m) => m.context === 'full' || (m.context === 'page' && !m.hasSearch ? false : itemHash(`${m.task.session}/${m.task.k}/${m.context}`) % plan.oneIn === 0),
  });
  log(`train: ${set.targets.length} lists, ${set.rows.length / set.width} rows`);
  save(`${out}/${name}.train`, set);
  const dev = readSessions(`${DATA}/${name}`, 'dev');
  const devSet = extract(folder, folder.train, dev, readTasks(`${DATA}/${name}`, 'dev'), { contexts: ['full', 'one', 'page'], artefactsFor: () => full,
    keep: (m) => m.context !== 'page' || m.hasSearch });
  log(`dev: ${devSet.targets.length} lists`);
  save(`${out}/${name}.dev`, devSet);
}

if (process.argv[2] === 'extract') {
  const out = process.argv[4] ?? 'cache';
  writeFileSync(`${existsSync(out) ? out : (mkdirSync(out), out)}/features.json`, JSON.stringify(FEATURES.map((f) => f.name)));
  for (const name of process.argv[3] === 'all' ? NAMES : [process.argv[3] ?? '']) extractFolder(name, out, JSON.parse(process.argv[5] ?? '{}') as Partial<TableSettings>);
}
