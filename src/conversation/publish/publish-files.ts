import type { Compiled, Sources } from '../../engine/compile.js';
import { findFlow } from './flow-sources.js';
import type { FlowStore } from './flow-store.js';
import type { PublicationRow, VersionName } from './publications.js';
import { versionRow } from './version-row.js';

/** Who publishes what somebody changed in the folder of flows. */
export const FILES = 'files';

/**
 * Publishes the sound files whose hash was never published, all at once; those published before change
 * nothing, so that a restart never undoes what staff published. Answers every publication there is, and
 * which versions are new among them.
 */
export async function publishFiles(
  { versions, publications }: FlowStore,
  sources: Sources,
  { flows, campaign }: Compiled,
  at: Date,
): Promise<{
  readonly publications: readonly PublicationRow[];
  readonly published: readonly VersionName[];
}> {
  for (;;) {
    const before = await publications.all();
    const known = new Set(before.flatMap((one) => one.flows.map(keyOf)));
    const rows = [...flows.values()].flatMap(({ name, version }) => {
      const found = findFlow(sources, name, campaign.languages);
      if (found === undefined || known.has(keyOf({ name, version }))) return [];
      return [versionRow(found, version, { author: FILES, at })];
    });
    if (rows.length === 0) return { publications: before, published: [] };
    await versions.insertMissing(rows);
    const published = rows.map(({ name, version }) => ({ name, version }));
    const publication = { type: 'published' as const, flows: published, author: FILES, at };
    // Another process that starts, or somebody who publishes, may be quicker.
    if (await publications.add(before.at(-1), publication)) {
      return { publications: await publications.all(), published };
    }
  }
}

function keyOf({ name, version }: VersionName): string {
  return `${name}@${version}`;
}
