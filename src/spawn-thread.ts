import { extname } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Starts a file, given by its path without its ending, as a thread. */
export function spawnThread(path: string, options: WorkerOptions): Worker {
  // Compiled, the thread is a .js; run from source, a .ts.
  if (extname(__filename) === '.js') return new Worker(`${path}.js`, options);
  // A thread does not inherit the loader of tsx.
  const code = [require.resolve('tsx/cjs'), `${path}.ts`]
    .map((file) => `require(${JSON.stringify(file)});`)
    .join('\n');
  return new Worker(code, { ...options, eval: true });
}
