import { parentPort, workerData } from 'node:worker_threads';
import type { CutOptions } from './cut-turfs.js';
import { planCut, type CutDoor } from './plan-cut.js';

/* A thread that plans one cut, so that no conversation waits meanwhile. */

const { doors, options }: { doors: readonly CutDoor[]; options: CutOptions } = workerData;
parentPort?.postMessage(planCut(doors, options), []);
