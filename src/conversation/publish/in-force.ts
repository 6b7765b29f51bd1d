import type { PublicationRow, VersionName } from './publications.js';

/** The version of each flow that is in force, with the publication that put it there; pure. */
export function inForce(
  publications: readonly PublicationRow[],
): ReadonlyMap<string, VersionName & { readonly by: PublicationRow }> {
  const newest = new Map<string, VersionName & { readonly by: PublicationRow }>();
  for (const by of publications) {
    for (const { name, version } of by.flows) newest.set(name, { name, version, by });
  }
  return newest;
}
