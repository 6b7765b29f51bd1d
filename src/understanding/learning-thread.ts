import { parentPort, workerData } from 'node:worker_threads';
import type { Lesson } from '../engine/lesson.js';
import { learn } from './learn.js';
import { modelToBytes } from './model-bytes.js';

/* A thread that learns one lesson, so that nobody waits for an answer meanwhile. */

const lesson: Lesson = workerData;
const bytes = modelToBytes(learn(lesson));
parentPort?.postMessage(bytes, []);
