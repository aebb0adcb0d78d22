/** Boot snapshot, retention curve, profile size and speed, on one folder's dev. `tsx src/extras.ts <folder> <weights.json>` */
import { readFileSync, writeFileSync } from 'node:fs';
import { serialize } from 'node:v8';
import { buildArtefacts, DEFAULT_TABLES } from './artefacts.ts';
import { makeSnapshot, scoreWithSnapshot, sizeBytes } from './boot.ts';
import { FEATURES, prepare, writeFeatures } from './features.ts';
import { DATA, PLANS } from './lab.ts';
import { figures, rankOf, type Judged } from './metrics.ts';
import { DEFAULT_LIMITS } from './profile.ts';
import { basketsOf, readFolder, readSessions, readTasks, replay, toCandidates, type ReplaySettings } from './replay.ts';

const [name = 'onlineretail', weightFile = 'results/weights-onlineretail.json'] = process.argv.slice(2);
const table = JSON.parse(readFileSync(weightFile, 'utf8')) as Record<string, number>;
const weights = FEATURES.map((f) => table[f.name] ?? 0);
const coldFile = JSON.parse(readFileSync('weights-default.json', 'utf8')) as { features: string[]; weights: number[] };
const coldWeights = FEATURES.map((f) => coldFile.weights[coldFile.features.indexOf(f.name)] ?? 0);
const folder = readFolder(`${DATA}/${name}`);
const artefacts = buildArtefacts(basketsOf(folder.train), (id) => folder.catalogue.get(id)?.category, { ...DEFAULT_TABLES, ...PLANS[name]?.tables });
const dev = readSessions(`${DATA}/${name}`, 'dev'), tasks = readTasks(`${DATA}/${name}`, 'dev');
const out: Record<string, unknown> = {};
const rows = new Float32Array(1024 * FEATURES.length);

function run(label: string, settings: Partial<ReplaySettings>, use: 'full' | 'cold' | 'boot' | 'boot-cold'): void {
  const judged: Judged[] = [], fresh: Judged[] = [];
  let largest = 0, bytes = 0, events = 0;
  const steps: number[] = [];
  replay(folder, folder.train, dev, tasks, { contexts: ['full'], ...settings }, (m) => {
    const candidates = toCandidates(folder, m.task, use === 'full' ? artefacts : undefined);
    const n = candidates.length, target = m.task.list.indexOf(m.task.target);
    let scores: Float64Array;
    if (use === 'boot' || use === 'boot-cold') {
      const snapshot = makeSnapshot(m.profile, m.now, use === 'boot' ? weights : coldWeights, (id) => (use === 'boot' ? artefacts.rows.get(id) : undefined));
      bytes = Math.max(bytes, sizeBytes(snapshot));
      scores = scoreWithSnapshot(snapshot, candidates);
    } else {
      writeFeatures(prepare(m.profile, m.now), candidates, rows);
      const w = use === 'full' ? weights : coldWeights;
      scores = new Float64Array(n);
      for (let r = 0; r < n; r++) for (let c = 0; c < w.length; c++) scores[r]! += rows[r * w.length + c]! * w[c]!;
    }
    const rank = m.profile.steps === 0 ? target + 1 : rankOf(scores, 0, n, target);
    judged.push({ session: m.sessionAt, rank });
    if (m.isNew) fresh.push({ session: m.sessionAt, rank });
    steps.push(m.profile.steps);
    if (events++ % 20 === 0) largest = Math.max(largest, serialize(m.profile).length);
  });
  steps.sort((a, b) => a - b);
  const f = figures(judged);
  out[label] = { ...f, new: figures(fresh).mrr, largestProfileBytes: largest, medianSteps: steps[steps.length >> 1], snapshotBytes: bytes };
  console.log(label.padEnd(34), `mrr ${f.mrr.toFixed(3)} ±${f.ci95.toFixed(3)} new ${figures(fresh).mrr.toFixed(3)} largest profile ${largest} B, median steps ${steps[steps.length >> 1]}${bytes > 0 ? `, snapshot <= ${bytes} B` : ''}`);
}
const DAY = 86_400_000;
run('fitted', {}, 'full');
run('cold', {}, 'cold');
run('boot (fitted, rows of history)', {}, 'boot');
run('boot (cold)', {}, 'boot-cold');
if (name === 'onlineretail' && process.env['CURVE'] !== undefined) {
  for (const days of [7, 30, 90, 365]) for (const use of ['full', 'cold'] as const) run(`forget after ${days} d, ${use}`, { forgetAfterMs: days * DAY }, use);
  for (const cap of [10, 50, 200, 500]) for (const use of ['full', 'cold'] as const) run(`newest ${cap} signals, ${use}`, { maxSignals: cap }, use);
  run('profile of 300 items/600 tokens', { limits: { ...DEFAULT_LIMITS, maxItems: 300, maxTokens: 600, maxRecent: 60 } }, 'full');
}
// speed: 1,000 candidates, a profile of the run's last shopper
{
  let times: number[] = [];
  replay(folder, folder.train, dev, tasks, { contexts: ['full'] }, (m) => {
    if (times.length > 60 || m.profile.steps < 50) return;
    const base = toCandidates(folder, m.task, artefacts);
    const many = Array.from({ length: 1000 }, (_, at) => ({ ...base[at % base.length]!, position: at }));
    const start = performance.now();
    writeFeatures(prepare(m.profile, m.now), many, rows);
    times.push(performance.now() - start);
  });
  times = times.slice(10).sort((a, b) => a - b);
  out['ms1000'] = times[times.length >> 1];
  console.log('1,000 candidates, profile of 50+ events: median', times[times.length >> 1]?.toFixed(2), 'ms');
}
writeFileSync(`results/extras-${name}.json`, JSON.stringify(out, null, 1));
