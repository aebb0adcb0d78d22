import type { ItemId } from '../core/ids.ts';
import { itemHash } from '../core/item-hash.ts';
import { toCategory } from '../core/label.ts';

/*
 * The manifest tells which files hold a category. It is JSON:
 *
 *   {"format": "reshelf-artefacts/1", "pageSize": 100, "model": "1b2c3d4e", "categories": {
 *     "dresses": ["dresses", "3f9a1c2b"],             one shard, dresses-3f9a1c2b.bin
 *     "shoes > boots": ["shoes-boots", "09cc41d7", 2]  cut into 2 shards; shoes-boots-index-09cc41d7.bin names them
 *   }}
 *
 * "model" (only where the shop has trained one) is the content hash of model-1b2c3d4e.json.
 *
 * An index file, little-endian: "RI", version 1, 0, shards s (2 bytes), products n (4 bytes), s x content hash
 * (4 bytes, big-endian as in the name), n x item hash (3 bytes) in catalogue order. The product at place i is in
 * shard floor(i / pageSize), named <slug>-<shard>-<content hash>.bin.
 */

export const MANIFEST_FORMAT = 'reshelf-artefacts/1';
const INDEX_VERSION = 1;
const INDEX_HEADER_BYTES = 10;
const MAX_PAGE_SIZE = 1000;
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const HASH = /^[0-9a-f]{8}$/;

/** Where one category's products are. File names are made here and hold letters, digits and dashes only. */
export interface CategoryFiles {
  readonly slug: string;
  /** Content hash of the only shard, or of the index where there are more. */
  readonly hash: string;
  /** 1: no index. */
  readonly shardCount: number;
}

export interface Manifest {
  readonly pageSize: number;
  /** Content hash of the shop's own model. */
  readonly model?: string;
  /** By normalized label; "" holds the products without a category. */
  readonly categories: ReadonlyMap<string, CategoryFiles>;
}

export const modelName = (hash: string): string => `model-${hash}.json`;
export const shardName = ({ slug, hash }: CategoryFiles): string => `${slug}-${hash}.bin`;
export const indexName = ({ slug, hash }: CategoryFiles): string => `${slug}-index-${hash}.bin`;
export const pageShardName = (slug: string, page: number, hash: string): string =>
  `${slug}-${page}-${hash}.bin`;

export function formatManifest({ pageSize, model, categories }: Manifest): string {
  const entries = [...categories].map(([label, { slug, hash, shardCount }]) => [
    label,
    shardCount === 1 ? [slug, hash] : [slug, hash, shardCount],
  ]);
  return JSON.stringify({
    format: MANIFEST_FORMAT,
    pageSize,
    ...(model === undefined ? {} : { model }),
    categories: Object.fromEntries(entries),
  });
}

/** @throws RangeError with what was expected and what came */
export function parseManifest(text: string): Manifest {
  const value = parseJson(text);
  if (!isRecord(value) || value.format !== MANIFEST_FORMAT)
    throw new RangeError(`expected a manifest of format "${MANIFEST_FORMAT}"`);
  const { pageSize, model, categories } = value;
  if (!isCount(pageSize, MAX_PAGE_SIZE))
    throw new RangeError(`expected pageSize from 1 to ${MAX_PAGE_SIZE}, got ${JSON.stringify(pageSize)}`);
  if (model !== undefined && !(typeof model === 'string' && HASH.test(model)))
    throw new RangeError(`expected model to be a hash of 8 digits, got ${JSON.stringify(model)}`);
  if (!isRecord(categories)) throw new RangeError('expected categories to be an object');
  return {
    pageSize,
    ...(model === undefined ? {} : { model }),
    categories: new Map(
      Object.entries(categories).map(([label, files]) => [label, parseFiles(label, files)]),
    ),
  };
}

function parseFiles(label: string, value: unknown): CategoryFiles {
  const [slug, hash, shardCount = 1] = Array.isArray(value) ? (value as unknown[]) : [];
  const isFiles = typeof slug === 'string' && SLUG.test(slug) && typeof hash === 'string' && HASH.test(hash);
  if (!isFiles || !isCount(shardCount, 0xffff) || (label !== '' && toCategory(label) !== label))
    throw new RangeError(`expected category "${label}" to have a slug, a hash and a number of shards`);
  return { slug, hash, shardCount };
}

/**
 * The files of a category as a page names it. A page that shows only the last level ("Dresses" where the feed says
 * "Women > Dresses") is understood when no other category ends in it.
 */
export function findCategory({ categories }: Manifest, category: unknown): CategoryFiles | undefined {
  const label = toCategory(category) ?? '';
  const exact = categories.get(label);
  if (exact !== undefined || label === '') return exact;
  const last = lastLevel(label);
  const alike = [...categories].filter(([known]) => lastLevel(known) === last);
  return alike.length === 1 ? alike[0]?.[1] : undefined;
}

const lastLevel = (label: string): string => label.slice(label.lastIndexOf('>') + 1).trim();

/** Which shard of a large category holds a product; and the name of each shard. */
export interface ShardIndex {
  shardOf(id: ItemId): number | undefined;
  fileOf(shard: number): string;
}

export function encodeIndex(
  shardHashes: readonly string[],
  itemHashes: readonly number[],
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(INDEX_HEADER_BYTES + 4 * shardHashes.length + 3 * itemHashes.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x52, 0x49, INDEX_VERSION, 0]);
  view.setUint16(4, shardHashes.length, true);
  view.setUint32(6, itemHashes.length, true);
  shardHashes.forEach((hash, i) => {
    view.setUint32(INDEX_HEADER_BYTES + 4 * i, Number.parseInt(hash, 16));
  });
  const start = INDEX_HEADER_BYTES + 4 * shardHashes.length;
  itemHashes.forEach((hash, i) => {
    bytes.set([hash & 255, (hash >>> 8) & 255, hash >>> 16], start + 3 * i);
  });
  return bytes;
}

/** @throws RangeError with what was expected and what came */
export function decodeIndex(
  bytes: Uint8Array<ArrayBuffer>,
  files: CategoryFiles,
  pageSize: number,
): ShardIndex {
  if (bytes.length < INDEX_HEADER_BYTES || bytes[0] !== 0x52 || bytes[1] !== 0x49 || bytes[3] !== 0)
    throw new RangeError(`expected a Reshelf index, got ${bytes.length} bytes of something else`);
  if (bytes[2] !== INDEX_VERSION)
    throw new RangeError(`expected index version ${INDEX_VERSION}, got ${bytes[2]}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const shards = view.getUint16(4, true);
  const count = view.getUint32(6, true);
  const start = INDEX_HEADER_BYTES + 4 * shards;
  if (shards !== files.shardCount || Math.ceil(count / pageSize) !== shards)
    throw new RangeError(`expected ${files.shardCount} shards, got ${shards} for ${count} products`);
  if (bytes.length !== start + 3 * count)
    throw new RangeError(`expected ${start + 3 * count} bytes, got ${bytes.length}`);
  const shardByHash = new Map<number, number>();
  for (let i = 0, at = start; i < count; i++, at += 3)
    shardByHash.set(view.getUint16(at, true) | (view.getUint8(at + 2) << 16), Math.floor(i / pageSize));
  return {
    shardOf: (id) => shardByHash.get(itemHash(id)),
    fileOf(shard) {
      const hash = view.getUint32(INDEX_HEADER_BYTES + 4 * shard); // throws RangeError past the end
      return pageShardName(files.slug, shard, hash.toString(16).padStart(8, '0'));
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RangeError('expected the manifest to be JSON');
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most;
}
