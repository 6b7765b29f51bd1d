import type { Lesson } from '../engine/lesson.js';
import { createUnderstand, type Understand } from './create-understand.js';
import { learnInThread } from './learn-in-thread.js';
import { createModelCache } from './model-cache.js';
import type { Model } from './model.js';
import { isLearnable, provideModel } from './provide-model.js';

/** Understanding of a program that runs. */
export type LiveUnderstanding = {
  readonly understand: Understand;
  /** Learns other lessons; what was understood before stays in force until all of them are learned. */
  teach(lessons: readonly Lesson[]): Promise<void>;
  /** Gives up what is being learned. */
  close(): void;
};

export type LiveUnderstandingOptions = {
  /** Where models are kept. */
  readonly folder: string;
  /** Told when a model cannot be read, kept or learned. */
  report(error: unknown): void;
  /** Learns one lesson; a thread of its own does, unless something else is given. */
  learn?(lesson: Lesson, signal: AbortSignal): Promise<Model>;
};

/** Understands nothing until it is taught. */
export function createLiveUnderstanding({
  folder,
  report,
  learn: learnOne = learnInThread,
}: LiveUnderstandingOptions): LiveUnderstanding {
  const cache = createModelCache(folder);
  let understand = createUnderstand([]);
  let taught: readonly Lesson[] = [];
  let learning = new AbortController();

  /** A model of a lesson that did not change is taken over as it is. */
  const models = new WeakMap<Lesson, Model>();

  async function modelOf(lesson: Lesson, signal: AbortSignal): Promise<Model> {
    const known = models.get(lesson);
    if (known !== undefined) return known;
    const learn = (one: Lesson): Promise<Model> => learnOne(one, signal);
    const model = await provideModel(lesson, { cache, learn, report });
    models.set(lesson, model);
    return model;
  }

  return {
    understand: (text, options) => understand(text, options),
    async teach(lessons) {
      const learnable = lessons.filter(isLearnable).map((lesson) => {
        const before = taught.find((known) => isSame(known, lesson));
        return before ?? lesson;
      });
      if (
        learnable.length === taught.length &&
        learnable.every((one, index) => one === taught[index])
      ) {
        return;
      }
      learning.abort();
      const { signal } = (learning = new AbortController());
      const isFirst = taught.length === 0;
      taught = learnable;
      try {
        const learned = isFirst
          ? await Promise.all(learnable.map((lesson) => modelOf(lesson, signal)))
          : await oneByOne(learnable, (lesson) => modelOf(lesson, signal));
        if (!signal.aborted) understand = createUnderstand(learned);
      } catch (error) {
        if (signal.aborted) return;
        // Another change of the files tries again.
        taught = [];
        report(error);
      }
    },
    close: () => learning.abort(),
  };
}

/** Nobody waits for what is learned anew, so it takes the memory of one language at a time. */
async function oneByOne<From, To>(
  all: readonly From[],
  make: (one: From) => Promise<To>,
): Promise<readonly To[]> {
  const made: To[] = [];
  for (const one of all) made.push(await make(one));
  return made;
}

function isSame(a: Lesson, b: Lesson): boolean {
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}

function plain({ language, intents, synonyms }: Lesson): unknown {
  return [language, [...intents], [...synonyms]];
}
