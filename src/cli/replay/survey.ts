import { errorAt } from '../cli-error.ts';
import type { Folder } from '../records/folder.ts';
import { createStyleWatch, type ListStyle } from '../records/list-style.ts';
import type { Task } from '../records/shop-data.ts';

/** What a first walk through the split found; it also checks every line before anything slow starts. */
export interface Survey {
  readonly sessions: number;
  readonly tasks: number;
  /** Shoppers with a task: only their history is kept. */
  readonly users: ReadonlySet<string>;
  readonly listStyle: ListStyle;
  /** The tasks by session when they do not come in the order of the sessions; otherwise they are streamed. */
  readonly outOfOrder: ReadonlyMap<string, readonly Task[]> | undefined;
}

/** @throws CliError for a wrong line of the split or its tasks, or a task of an unknown session */
export async function survey(folder: Folder): Promise<Survey> {
  const users = new Set<string>();
  let sessions = 0;
  let tasks = 0;
  const style = createStyleWatch();
  const reading = folder.tasks();
  let next = await reading.next();
  for await (const session of folder.split(0)) {
    sessions += 1;
    const before = tasks;
    while (next.done !== true && next.value.session === session.id) {
      tasks += 1;
      style.see(next.value.items);
      next = await reading.next();
    }
    if (tasks > before && session.user !== undefined) users.add(session.user);
  }
  if (next.done === true) return { sessions, tasks, users, listStyle: style.found(), outOfOrder: undefined };
  return surveyOutOfOrder(folder);
}

async function surveyOutOfOrder(folder: Folder): Promise<Survey> {
  const userOf = new Map<string, string | undefined>();
  for await (const session of folder.split(0)) userOf.set(session.id, session.user);
  const outOfOrder = new Map<string, Task[]>();
  const users = new Set<string>();
  let tasks = 0;
  const style = createStyleWatch();
  for await (const task of folder.tasks()) {
    if (!userOf.has(task.session))
      throw errorAt(folder.tasksFile, task.line, `session "${task.session}" is not in the split`);
    tasks += 1;
    style.see(task.items);
    const user = userOf.get(task.session);
    if (user !== undefined) users.add(user);
    const list = outOfOrder.get(task.session);
    if (list === undefined) outOfOrder.set(task.session, [task]);
    else list.push(task);
  }
  return { sessions: userOf.size, tasks, users, listStyle: style.found(), outOfOrder };
}
