import { openFolder } from '../records/folder.ts';
import { openTrain } from '../records/train.ts';
import type { Fitted, Method } from './method.ts';
import { shopOrder } from './methods/shop-order.ts';
import { createScoreCard, type MethodFigures } from './score-card.ts';
import { survey } from './survey.ts';
import { type WalkOutcome, walk } from './walk.ts';

export interface ReplaySettings {
  readonly path: string;
  readonly split: string;
  readonly modelFile: string | undefined;
  /** `shop-order` must be among them. */
  readonly methods: readonly Method[];
}

export interface ReplayResult extends WalkOutcome {
  readonly dataset: string;
  readonly split: string;
  readonly tasksFile: string;
  readonly methods: ReadonlyMap<string, MethodFigures>;
  readonly bestNonPersonal: string;
}

/** Fits every method on train, walks through the split, and adds up. @throws CliError for what cannot be read */
export async function replay(
  { path, split, modelFile, methods }: ReplaySettings,
  onProgress: (text: string) => void,
): Promise<ReplayResult> {
  onProgress('reading the catalogue');
  const folder = await openFolder(path, split);
  onProgress(`checking ${split}`);
  const found = await survey(folder);
  onProgress('checking train');
  const train = await openTrain(folder, found.listStyle);
  const fitted: Fitted[] = [];
  for (const method of methods) {
    onProgress(`fitting ${method.name}`);
    fitted.push(await method.fit(train, { modelFile, tell: onProgress }));
  }
  const card = createScoreCard(
    methods.map(({ name }) => name),
    shopOrder.name,
    methods.filter(({ isNonPersonal }) => isNonPersonal).map(({ name }) => name),
  );
  const outcome = await walk(folder, found, fitted, card, (asked) =>
    onProgress(`replaying ${split}: task ${asked} of ${found.tasks}`),
  );
  return { ...outcome, ...card.result(), dataset: folder.name, split, tasksFile: folder.tasksFile };
}
