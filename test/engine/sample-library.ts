import path from 'node:path';
import { ACTIONS } from '../../src/actions.js';
import { compileFolder } from './fixture-library.js';

/** The sample campaign as it is shipped. */
export function compileSample(): ReturnType<typeof compileFolder> {
  return compileFolder(path.join(__dirname, '../../flows'), ACTIONS);
}
