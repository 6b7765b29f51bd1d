import { join } from 'node:path';
import { spawnThread } from '../../spawn-thread.js';
import type { CutOptions } from './cut-turfs.js';
import type { CutDoor, PlannedCut } from './plan-cut.js';

/** Room for half a million doors. */
const LIMITS = { maxOldGenerationSizeMb: 2_048 };

/** As `planCut`, in a thread of its own: a large cut takes many seconds of computing. */
export function planInThread(doors: readonly CutDoor[], options: CutOptions): Promise<PlannedCut> {
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
