import { extname, join } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Starts a file of this folder, named without its ending, as a thread. */
export function spawnThread(name: string, options: WorkerOptions): Worker {
  // Compiled, the thread is a .js beside this file; run from source, a .ts.
  if (extname(__filename) === '.js') return new Worker(join(__dirname, `${name}.js`), options);
  // A thread does not inherit the loader of tsx.
  const code = [require.resolve('tsx/cjs'), join(__dirname, `${name}.ts`)]
    .map((path) => `require(${JSON.stringify(path)});`)
    .join('\n');
  return new Worker(code, { ...options, eval: true });
}
