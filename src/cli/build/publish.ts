import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CategoryFiles,
  encodeIndex,
  formatManifest,
  indexName,
  modelName,
  pageShardName,
  shardName,
} from '../../rank/manifest.ts';
import { encodeShard, type ShardProduct } from '../../rank/shard.ts';
import type { Engine } from './engine.ts';
import type { Progress } from './load.ts';
import { readPages } from './pages.ts';

export interface Published {
  /** File name of the manifest. */
  readonly manifest: string;
  readonly manifestBytes: number;
  readonly products: number;
  readonly categories: number;
  readonly files: number;
  readonly bytes: number;
  readonly largestShardBytes: number;
}

export interface PublishSettings {
  readonly out: string;
  readonly pageSize: number;
  readonly hasOrders: boolean;
  /** Text of a model file, already checked. */
  readonly model: string | undefined;
}

const MAX_SLUG_LENGTH = 40;

/**
 * Writes the shards, indexes and manifest, one list page at a time. Every name carries the hash of its content, so
 * that a file never changes under its name; what earlier builds left is not touched.
 */
export async function publish(engine: Engine, settings: PublishSettings, tell: Progress): Promise<Published> {
  const { out, pageSize, hasOrders, model } = settings;
  await mkdir(out, { recursive: true });
  const categories = new Map<string, CategoryFiles>();
  const totals = { products: 0, files: 0, bytes: 0, largestShardBytes: 0 };
  async function write(name: string, bytes: Uint8Array): Promise<void> {
    await writeFile(join(out, name), bytes);
    totals.files += 1;
    totals.bytes += bytes.length;
  }
  async function writeCategory(
    label: string,
    products: AsyncIterable<readonly ShardProduct[]>,
  ): Promise<void> {
    const slug = toSlug(label);
    const hashes: string[] = [];
    const all: number[] = [];
    let first: Uint8Array = new Uint8Array();
    for await (const page of products) {
      const bytes = encodeShard(page, hasOrders);
      const hash = contentHash(bytes);
      totals.products += page.length;
      totals.largestShardBytes = Math.max(totals.largestShardBytes, bytes.length);
      for (const product of page) all.push(product.hash);
      if (hashes.length === 0)
        first = bytes; // named when it is known whether there are more
      else await write(pageShardName(slug, hashes.length, hash), bytes);
      hashes.push(hash);
    }
    const isSmall = hashes.length === 1;
    const index = encodeIndex(hashes, all);
    const files = { slug, hash: isSmall ? (hashes[0] ?? '') : contentHash(index), shardCount: hashes.length };
    await write(isSmall ? shardName(files) : pageShardName(slug, 0, hashes[0] ?? ''), first);
    if (!isSmall) await write(indexName(files), index);
    categories.set(label, files);
  }

  for await (const [label, pages] of readPages(engine, pageSize, hasOrders, tell)) {
    await writeCategory(label, pages);
    if (categories.size % 1000 === 0) tell(`${categories.size} categories written`);
  }
  const modelBytes = model === undefined ? undefined : Buffer.from(model);
  const modelHash = modelBytes === undefined ? undefined : contentHash(modelBytes);
  if (modelBytes !== undefined && modelHash !== undefined) await write(modelName(modelHash), modelBytes);
  const manifest = Buffer.from(
    formatManifest({ pageSize, categories, ...(modelHash === undefined ? {} : { model: modelHash }) }),
  );
  const name = `manifest-${contentHash(manifest)}.json`;
  await write(name, manifest);
  return { manifest: name, manifestBytes: manifest.length, categories: categories.size, ...totals };
}

const contentHash = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 8);

/** "Schuhe > Stiefel" to "schuhe-stiefel"; what has no Latin letter becomes "list". */
function toSlug(label: string): string {
  const words =
    label
      .normalize('NFKD')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, MAX_SLUG_LENGTH).replace(/-$/, '') || 'list';
}
