import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lesson } from '../engine/lesson.js';
import { errorCode } from '../error-code.js';
import { modelFromBytes, modelToBytes } from './model-bytes.js';
import type { Model } from './model.js';

/** Models learned before, by what they were learned from. */
export type ModelCache = {
  /** Undefined when it was never learned, or what was kept is not whole. */
  read(lesson: Lesson): Promise<Model | undefined>;
  write(lesson: Lesson, model: Model): Promise<void>;
};

/** Counts what changes the model that a lesson gives. */
const EDITION = 2;
/** Older models than the newest so many are thrown away. */
const MOST_KEPT = 12;
const ENDING = '.model';
/** Models that came with the build, of the words that come with it: a first start learns nothing of them. */
const BUILT = join(__dirname, '..', 'models');

/** Where models are kept, beside the store. */
export function modelsFolder(dataDir: string): string {
  return join(dataDir, 'understanding');
}

/** Opens a folder of models; it is made when there is something to keep. */
export function createModelCache(folder: string): ModelCache {
  return {
    read: async (lesson) => (await readFrom(folder, lesson)) ?? readFrom(BUILT, lesson),
    async write(lesson, model) {
      const file = join(folder, fileOf(lesson));
      const unfinished = `${file}.${randomUUID()}`;
      await mkdir(folder, { recursive: true });
      await writeFile(unfinished, modelToBytes(model));
      await rename(unfinished, file);
      await forgetOldest(folder);
    },
  };
}

async function readFrom(folder: string, lesson: Lesson): Promise<Model | undefined> {
  try {
    return modelFromBytes(await readFile(join(folder, fileOf(lesson))));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function forgetOldest(folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(ENDING));
  const dated = await Promise.all(
    files.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  const oldest = dated.sort((a, b) => b.at - a.at).slice(MOST_KEPT);
  for (const { name } of oldest) await rm(join(folder, name), { force: true });
}

function fileOf({ language, intents, synonyms }: Lesson): string {
  const content = JSON.stringify([EDITION, language, [...intents], [...synonyms]]);
  return `${language}-${createHash('sha256').update(content).digest('hex').slice(0, 24)}${ENDING}`;
}
