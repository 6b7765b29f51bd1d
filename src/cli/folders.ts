import { dirname, join, resolve } from 'node:path';
import type { Settings } from '../config.js';

/** A folder of flows, and the one of their words. */
export type Folders = { readonly flowsDir: string; readonly localesDir: string };

/** The folders a command works on: a folder of flows that is named, with the words beside it. */
export function foldersOf(dir: string | undefined, settings: Settings): Folders {
  if (dir === undefined) return settings;
  const flowsDir = resolve(dir);
  const beside = join(dirname(flowsDir), 'locales');
  return { flowsDir, localesDir: settings.localesGiven ? settings.localesDir : beside };
}
