import type { Sources } from '../../engine/compile.js';
import { nameOf } from '../../engine/parse/locales.js';
import { findFlow, isSameFlow } from './flow-sources.js';
import type { Proposed } from './publish-flows.js';
import type { InForce } from './read-in-force.js';

/** How the files differ from what is in force. */
export type Changed = {
  /** Flows whose files hold what never was published. */
  readonly fresh: readonly Proposed[];
  /** Flows whose files hold an older version: publishing it again would undo what came after. */
  readonly behind: readonly { readonly flow: Proposed; readonly version: string }[];
  readonly same: readonly Proposed[];
};

/** Compares the files of flows with the versions in force, and with those before; pure. */
export function findChanged(
  { current, versions }: Pick<InForce, 'current' | 'versions'>,
  files: Sources,
  languages: readonly string[],
): Changed {
  const fresh: Proposed[] = [];
  const behind: { flow: Proposed; version: string }[] = [];
  const same: Proposed[] = [];
  for (const { path } of files.flows) {
    const found = findFlow(files, nameOf(path).name, languages);
    if (found === undefined) continue;
    const row = current.get(found.name);
    const flow: Proposed = { ...found, ...(row === undefined ? {} : { base: row.version }) };
    const known = [...versions.values()].find((version) => isSameFlow(version, found));
    if (row !== undefined && isSameFlow(row, found)) same.push(flow);
    else if (known === undefined) fresh.push(flow);
    else behind.push({ flow, version: known.version });
  }
  return { fresh, behind, same };
}
