import { join } from 'node:path';
import type { Lesson } from '../engine/lesson.js';
import { spawnThread } from '../spawn-thread.js';
import { modelFromBytes } from './model-bytes.js';
import type { Model } from './model.js';

/** Little room for what is new: a thread that is done gives nothing back until much later. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 1_024 };

/** Learns a lesson in a thread of its own; given up when told so by the signal. */
export function learnInThread(lesson: Lesson, signal: AbortSignal): Promise<Model> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Error('Learning was given up.'));
    const worker = spawnThread(join(__dirname, 'learning-thread'), {
      workerData: lesson,
      resourceLimits: LIMITS,
      name: `learning-${lesson.language}`,
    });
    const giveUp = (): void => void worker.terminate();
    signal.addEventListener('abort', giveUp);
    worker.on('message', (bytes: Uint8Array) => {
      const model = modelFromBytes(bytes);
      if (model === undefined) reject(new Error('What was learned came back broken.'));
      else resolve(model);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      signal.removeEventListener('abort', giveUp);
      reject(new Error('Learning ended before its time.'));
    });
  });
}
