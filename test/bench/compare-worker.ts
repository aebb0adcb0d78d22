import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { packProfile, unpackProfile } from '../../src/core/profile-record.ts';
import { DEFAULT_MODEL } from '../../src/rank/default-model.ts';
import { FEATURE_COUNT } from '../../src/rank/feature-specs.ts';
import { scoreRows } from '../../src/rank/model.ts';
import { historyOf } from './history.ts';

/** Runs in a worker: what else could have done the same work. Times are medians in ms. */
export interface Comparison {
  /** The same 1,000 rows through the same model. */
  readonly scorerMs: number;
  readonly tensorCpuMs: number;
  readonly tensorWasmMs: number;
  /** Opening the database and reading the profile of 50 signals from it, as after a start of the browser's tab. */
  readonly coldProfileMs: number;
}

const PRODUCTS = 1000;
const REPEATS = 41;

async function median(work: () => unknown, inner: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < REPEATS + 5; i++) {
    const start = performance.now();
    for (let at = 0; at < inner; at++) await work();
    if (i >= 5) times.push((performance.now() - start) / inner); // warm first
  }
  return times.sort((a, b) => a - b)[REPEATS >> 1] ?? 0;
}

async function timeTensors(backend: string, rows: Float64Array): Promise<number> {
  if (!(await tf.setBackend(backend))) throw new Error(`no ${backend} backend here`);
  await tf.ready();
  const weights = tf.tensor2d(Float32Array.from(DEFAULT_MODEL.weights), [FEATURE_COUNT, 1]);
  const values = Float32Array.from(rows);
  return median(async () => {
    const table = tf.tensor2d(values, [PRODUCTS, FEATURE_COUNT]);
    const scores = tf.matMul(table, weights);
    await scores.data();
    tf.dispose([table, scores]);
  }, 10);
}

const settle = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function openStore(): Promise<IDBDatabase> {
  const opening = indexedDB.open('bench', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('profile');
  return settle(opening);
}

async function timeProfile(): Promise<number> {
  const db = await openStore();
  await settle(
    db
      .transaction('profile', 'readwrite')
      .objectStore('profile')
      .put(packProfile(historyOf(50)), 'current'),
  );
  db.close();
  return median(async () => {
    const again = await openStore();
    unpackProfile(await settle(again.transaction('profile').objectStore('profile').get('current')));
    again.close();
  }, 1);
}

async function compare(): Promise<Comparison> {
  setWasmPaths('/wasm/');
  const rows = Float64Array.from({ length: PRODUCTS * FEATURE_COUNT }, (_, i) => (i % 13) / 13);
  return {
    scorerMs: await median(() => scoreRows(DEFAULT_MODEL, rows, PRODUCTS), 50),
    tensorCpuMs: await timeTensors('cpu', rows),
    tensorWasmMs: await timeTensors('wasm', rows),
    coldProfileMs: await timeProfile(),
  };
}

self.addEventListener('message', async () => self.postMessage(await compare()));
