import type { ItemId } from '../core/ids.ts';
import type { Candidate } from '../core/item.ts';
import { FEATURES } from '../rank/feature-specs.ts';
import {
  type CategoryFiles,
  decodeIndex,
  findCategory,
  indexName,
  type Manifest,
  modelName,
  parseManifest,
  type ShardIndex,
  shardName,
} from '../rank/manifest.ts';
import type { Model } from '../rank/model.ts';
import { parseModel } from '../rank/model-file.ts';
import { decodeShard, type ItemArtefacts, type Shard } from '../rank/shard.ts';

/** A mixed list loads at most this many shards: those of most of its products. */
const MAX_SHARDS = 4;
/** Files kept decoded; a shopper who walks on through a one-page shop must not fill the memory. */
const MAX_KEPT_FILES = 32;
const TIMEOUT_MS = 10_000;

export interface ArtefactLoader {
  /**
   * What the shop's static files say of the products of a list. Loads what is missing, once. Which files are asked
   * for depends on the candidates alone, never on the shopper. Never rejects: what cannot be had is left out.
   */
  load(
    candidates: readonly Pick<Candidate, 'id' | 'category'>[],
  ): Promise<ReadonlyMap<ItemId, ItemArtefacts>>;
  /** The weights that the shop has trained, where it has; asked for once. Never rejects. */
  model(): Promise<Model | undefined>;
}

export interface ArtefactLoaderParts {
  /** Absolute address of `manifest-<hash>.json`; the other files lie beside it. */
  readonly manifestUrl: string;
  /** Told of the first failure; later ones are silent, and a file that failed is not asked for again. */
  readonly onFailure: (error: Error) => void;
  readonly fetch?: typeof globalThis.fetch;
}

/** The only code of Reshelf that fetches. Nothing is sent along: no cookies, no referrer, no parameter. */
export function createArtefactLoader(parts: ArtefactLoaderParts): ArtefactLoader {
  const request = parts.fetch ?? ((input, init) => fetch(input, init));
  const kept = new Map<string, Promise<unknown>>();
  let manifest: Promise<Manifest | undefined> | undefined;
  let hasFailed = false;

  async function read<T>(url: string, decode: (body: ArrayBuffer) => T): Promise<T | undefined> {
    try {
      const reply = await request(url, {
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!reply.ok) throw new RangeError(`expected status 200, got ${reply.status}`);
      return decode(await reply.arrayBuffer());
    } catch (error) {
      if (!hasFailed) {
        hasFailed = true;
        const reason = error instanceof Error ? error.message : String(error);
        parts.onFailure(new Error(`no artefacts from ${url}: ${reason}`, { cause: error }));
      }
      return undefined;
    }
  }
  /** Each file once; the one used longest ago makes room. */
  function remember<T>(name: string, decode: (body: ArrayBuffer) => T): Promise<T | undefined> {
    const known = kept.get(name) as Promise<T | undefined> | undefined; // a name has one kind of content
    const file = known ?? read(new URL(name, parts.manifestUrl).href, decode);
    kept.delete(name);
    kept.set(name, file);
    const oldest = kept.keys().next();
    if (kept.size > MAX_KEPT_FILES && oldest.done !== true) kept.delete(oldest.value);
    return file;
  }
  const loadShard = (name: string): Promise<Shard | undefined> =>
    remember(name, (body) => decodeShard(new Uint8Array(body)));
  const loadIndex = (files: CategoryFiles, pageSize: number): Promise<ShardIndex | undefined> =>
    remember(indexName(files), (body) => decodeIndex(new Uint8Array(body), files, pageSize));
  /** The shard of each product, as far as the shop's files know it. */
  async function placesOf(
    files: CategoryFiles,
    ids: readonly ItemId[],
    pageSize: number,
  ): Promise<[string, ItemId][]> {
    if (files.shardCount === 1) return ids.map((id) => [shardName(files), id]);
    const index = await loadIndex(files, pageSize);
    return ids.flatMap((id): [string, ItemId][] => {
      const shard = index?.shardOf(id);
      return index === undefined || shard === undefined ? [] : [[index.fileOf(shard), id]];
    });
  }

  const readManifest = (): Promise<Manifest | undefined> => {
    manifest ??= read(parts.manifestUrl, (body) => parseManifest(toText(body)));
    return manifest;
  };

  return {
    async model() {
      const hash = (await readManifest())?.model;
      return hash === undefined
        ? undefined
        : remember(modelName(hash), (body) => parseModel(toText(body), FEATURES).model);
    },

    async load(candidates) {
      const found = new Map<ItemId, ItemArtefacts>();
      const known = await readManifest();
      if (known === undefined || candidates.length === 0) return found;
      const filesOf = new Map<string | undefined, CategoryFiles | undefined>();
      const byCategory = new Map<CategoryFiles, ItemId[]>();
      for (const { id, category } of candidates) {
        if (!filesOf.has(category)) filesOf.set(category, findCategory(known, category));
        const files = filesOf.get(category);
        if (files !== undefined) pushTo(byCategory, files, id);
      }
      const placed = await Promise.all(
        largest(byCategory).map(([files, ids]) => placesOf(files, ids, known.pageSize)),
      );
      const byShard = new Map<string, ItemId[]>(); // filled in the order of the list, not of the replies
      for (const [name, id] of placed.flat()) pushTo(byShard, name, id);
      await Promise.all(
        largest(byShard).map(async ([name, ids]) => {
          const shard = await loadShard(name);
          for (const id of ids) {
            const artefacts = shard?.(id);
            if (artefacts !== undefined) found.set(id, artefacts);
          }
        }),
      );
      return found;
    },
  };
}

const toText = (body: ArrayBuffer): string => new TextDecoder().decode(body);

function pushTo<Key>(lists: Map<Key, ItemId[]>, key: Key, id: ItemId): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [id]);
  else list.push(id);
}

/** The entries with most products; of two alike the one that the page shows first. */
function largest<Key>(lists: ReadonlyMap<Key, ItemId[]>): [Key, ItemId[]][] {
  return [...lists].sort(([, a], [, b]) => b.length - a.length).slice(0, MAX_SHARDS);
}
