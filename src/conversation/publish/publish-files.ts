import { Permit } from '../../engine/calendar/permit.js';
import type { Compiled, Sources } from '../../engine/compile.js';
import type { Flow } from '../../engine/flow.js';
import { findFlow } from './flow-sources.js';
import type { FlowStore } from './flow-store.js';
import type { PublicationRow, VersionName } from './publications.js';
import { versionRow } from './version-row.js';

/** Who publishes what somebody changed in the folder of flows. */
export const FILES = 'files';

/**
 * Publishes the sound files whose hash was never published, all at once; those published before change
 * nothing, so that a restart never undoes what staff published. Answers every publication there is, and
 * which versions are new among them. During an election silence flows that campaign wait for its end,
 * but for those of a first start, which change nothing that anybody saw.
 */
export async function publishFiles(
  { versions, publications }: FlowStore,
  sources: Sources,
  { flows, campaign }: Compiled,
  at: Date,
): Promise<{
  readonly publications: readonly PublicationRow[];
  readonly published: readonly VersionName[];
  /** Until when changed flows wait, in epoch milliseconds. */
  readonly waitsUntil?: number;
}> {
  const heldUntil = ({ content, purpose }: Flow): number | undefined => {
    if (content === 'neutral' || purpose === 'service') return undefined;
    const leaving = { way: 'publish', content: 'campaign' } as const;
    const answer = Permit.ask(campaign.calendar, leaving, at.getTime());
    return answer.type === 'refused' ? answer.until : undefined;
  };
  for (;;) {
    const before = await publications.all();
    const known = new Set(before.flatMap((one) => one.flows.map(keyOf)));
    const unseen = [...flows.values()].filter((flow) => !known.has(keyOf(flow)));
    const held = before.length === 0 ? [] : unseen.filter((flow) => heldUntil(flow) !== undefined);
    const waitsUntil = held.map(heldUntil).find((until) => until !== undefined);
    const waiting = waitsUntil === undefined ? {} : { waitsUntil };
    const rows = unseen.flatMap((flow) => {
      const found = findFlow(sources, flow.name, campaign.languages);
      if (found === undefined || held.includes(flow)) return [];
      return [versionRow(found, flow.version, { author: FILES, at })];
    });
    if (rows.length === 0) return { publications: before, published: [], ...waiting };
    await versions.insertMissing(rows);
    const published = rows.map(({ name, version }) => ({ name, version }));
    const publication = { type: 'published' as const, flows: published, author: FILES, at };
    // Another process that starts, or somebody who publishes, may be quicker.
    if (await publications.add(before.at(-1), publication)) {
      return { publications: await publications.all(), published, ...waiting };
    }
  }
}

function keyOf({ name, version }: VersionName): string {
  return `${name}@${version}`;
}
