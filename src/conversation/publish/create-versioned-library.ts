import type { ActionDeclaration } from '../../engine/action.js';
import { compileVersion, type Compiled } from '../../engine/compile.js';
import type { Flow, Library } from '../../engine/flow.js';
import { createLibrary } from '../../engine/library.js';
import type { FlowVersionRow } from '../flow-versions.js';
import type { VersionName } from './publications.js';

/**
 * The library of the versions in force, and of every older one for the sessions that stand on it.
 * What `compiled` has is taken from there; the rest is compiled from the store when it is asked for.
 */
export function createVersionedLibrary(
  compiled: Compiled,
  inForce: Iterable<VersionName>,
  rows: ReadonlyMap<string, FlowVersionRow>,
  actions: readonly ActionDeclaration[],
): Library {
  const made = new Map<string, Flow | undefined>();
  const find = (name: string, version: string): Flow | undefined => {
    const current = compiled.flows.get(name);
    if (current?.version === version) return current;
    const id = `${name}@${version}`;
    const row = rows.get(id);
    if (row !== undefined && !made.has(id)) {
      made.set(id, compileVersion(name, row, compiled.campaign, actions));
    }
    return made.get(id);
  };
  const flows = [...inForce].flatMap(({ name, version }) => find(name, version) ?? []);
  return createLibrary({ ...compiled, flows, older: find });
}
