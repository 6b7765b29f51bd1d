import { join } from 'node:path';
import { readSources } from '../../src/conversation/sources.js';
import { compile, type Compiled } from '../../src/engine/compile.js';
import type { Library } from '../../src/engine/flow.js';
import { createLibrary } from '../../src/engine/library.js';
import { ACTIONS } from '../../src/actions.js';

const root = join(__dirname, '..', '..');

/** The sample campaign, compiled. */
export async function readSample(): Promise<{ compiled: Compiled; library: Library }> {
  const sources = await readSources(join(root, 'flows'), join(root, 'locales'), root);
  const compiled = compile(sources, ACTIONS);
  return { compiled, library: createLibrary({ ...compiled, flows: compiled.flows.values() }) };
}
