import { NONE, type Lesson } from '../engine/lesson.js';
import type { ModelCache } from './model-cache.js';
import type { Model } from './model.js';

export type ModelProvider = {
  readonly cache: ModelCache;
  learn(lesson: Lesson): Model | Promise<Model>;
  /** Told when a model cannot be read or kept; it is learned again then. */
  report(error: unknown): void;
};

/** The model of a lesson: the one that was kept, else learned now and kept. */
export async function provideModel(lesson: Lesson, provider: ModelProvider): Promise<Model> {
  const { cache, learn, report } = provider;
  const kept = await cache.read(lesson).catch((error: unknown) => {
    report(error);
    return undefined;
  });
  if (kept !== undefined) return kept;
  const model = await learn(lesson);
  await cache.write(lesson, model).catch(report);
  return model;
}

/** Whether there is anything to tell apart. */
export function isLearnable({ intents }: Lesson): boolean {
  return [...intents].some(([name, phrases]) => name !== NONE && phrases.length > 0);
}
