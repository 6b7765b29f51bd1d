// Learns what the texts that come with the program mean, so that a first start need not: into dist/models.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Needs the compiled server, and learns nothing where there is no `locales/`. */
export async function buildModels(root) {
  const dist = path.join(root, 'dist');
  if (!existsSync(path.join(dist, 'understanding'))) return;
  const require = createRequire(path.join(dist, 'main.js'));
  const { readSources } = require('./conversation/sources.js');
  const { readSpeech } = require('./engine/speech.js');
  const { learnInThread } = require('./understanding/learn-in-thread.js');
  const { createModelCache } = require('./understanding/model-cache.js');
  const { isLearnable, provideModel } = require('./understanding/provide-model.js');

  const sources = await readSources(path.join(root, 'flows'), path.join(root, 'locales'));
  const cache = createModelCache(path.join(dist, 'models'));
  const { signal } = new AbortController();
  const learn = (lesson) => learnInThread(lesson, signal);
  const report = (error) => {
    throw error;
  };
  const lessons = readSpeech(sources).lessons.filter(isLearnable);
  await Promise.all(lessons.map((lesson) => provideModel(lesson, { cache, learn, report })));
}
