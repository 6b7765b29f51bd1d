import type { ReadMeaning } from '../engine/event.js';
import type { Lesson } from '../engine/lesson.js';
import type { Understand } from '../understanding/create-understand.js';

/** Understands texts by models that were kept, or are learned now; says on standard error what it cannot keep. */
export async function learned(lessons: readonly Lesson[], dataDir: string): Promise<Understand> {
  // Loaded here only: the other commands start faster without it.
  const { createUnderstand } = await import('../understanding/create-understand.js');
  const { learn } = await import('../understanding/learn.js');
  const { createModelCache, modelsFolder } = await import('../understanding/model-cache.js');
  const { isLearnable, provideModel } = await import('../understanding/provide-model.js');
  const cache = createModelCache(modelsFolder(dataDir));
  const report = (error: unknown): void => {
    const cause = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `What was learned is not kept, and is learned again next time: ${cause}\n`,
    );
  };
  const models = [];
  for (const lesson of lessons.filter(isLearnable)) {
    models.push(await provideModel(lesson, { cache, learn, report }));
  }
  return createUnderstand(models);
}

/** The same, as a turn is told what a text means. */
export async function learnedMeaning(
  lessons: readonly Lesson[],
  dataDir: string,
): Promise<ReadMeaning> {
  const { createReadMeaning } = await import('../understanding/read-meaning.js');
  return createReadMeaning(await learned(lessons, dataDir));
}
