import { join } from 'node:path';
import { spawnThread } from '../../spawn-thread.js';
import type { CutOptions } from './cut-turfs.js';
import type { CutDoor, PlannedCut } from './plan-cut.js';

/** Room for half a million doors. */
const LIMITS = { maxOldGenerationSizeMb: 2_048 };

let before: Promise<unknown> = Promise.resolve();

/**
 * As `planCut`, in a thread of its own, for a large cut takes many seconds of computing; one at a time, so
 * that conversations have the rest of the machine.
 */
export function planInThread(doors: readonly CutDoor[], options: CutOptions): Promise<PlannedCut> {
  const planned = before.then(() => startThread(doors, options));
  before = planned.catch(() => undefined);
  return planned;
}

function startThread(doors: readonly CutDoor[], options: CutOptions): Promise<PlannedCut> {
  return new Promise((resolve, reject) => {
    const worker = spawnThread(join(__dirname, 'cutting-thread'), {
      workerData: { doors, options },
      resourceLimits: LIMITS,
      name: 'cutting',
    });
    worker.on('message', (planned: PlannedCut) => resolve(planned));
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('The cut ended before its time.')));
  });
}
