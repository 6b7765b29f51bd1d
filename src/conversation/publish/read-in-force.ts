import { nameOf } from '../../engine/parse/locales.js';
import { RESERVED_FLOWS } from '../../engine/parse/names.js';
import type { Sources } from '../../engine/compile.js';
import type { FlowVersionRow } from '../flow-versions.js';
import { withFlows } from './flow-sources.js';
import type { FlowStore } from './flow-store.js';
import { inForce } from './in-force.js';
import type { PublicationRow } from './publications.js';
import { withPublishedSite } from './site/with-published-site.js';
import { createVersionReader, type VersionReader } from './version-reader.js';

/** What is published, and what it was written as. */
export type InForce = {
  readonly publications: readonly PublicationRow[];
  /** Every version that ever was in force, by `<name>@<version>`. */
  readonly versions: ReadonlyMap<string, FlowVersionRow>;
  /** Those that are now, by name. */
  readonly current: ReadonlyMap<string, FlowVersionRow>;
  /** Their sources, with the files that have no versions: the campaign's and the shared words. */
  readonly sources: Sources;
};

/**
 * Reads what is in force; `files` give what has no versions, with the published page in it. Whoever reads
 * it often hands in a reader of their own, which reads each version once.
 */
export async function readInForce(
  store: FlowStore,
  files: Sources,
  readVersions: VersionReader = createVersionReader(store.versions),
): Promise<InForce> {
  const publications = await store.publications.all();
  const versions = await readVersions(publications);
  const current = new Map(
    [...inForce(publications).values()].flatMap(({ name, version }) => {
      const row = versions.get(`${name}@${version}`);
      return row === undefined ? [] : [[name, row] as const];
    }),
  );
  const page = withPublishedSite(files, await store.site.newest(), { asNamed: true });
  const shared: Sources = {
    ...page,
    flows: [],
    locales: files.locales.filter(({ path }) =>
      RESERVED_FLOWS.some((reserved) => reserved === nameOf(path).name),
    ),
  };
  return { publications, versions, current, sources: withFlows(shared, [...current.values()]) };
}
