import type { PublicationRow, VersionName } from './publications.js';

/**
 * The version of each flow that is in force, with the publication that put it there, the last published
 * first: where two flows start on the same, as while one is renamed, that one counts. Pure.
 */
export function inForce(
  publications: readonly PublicationRow[],
): ReadonlyMap<string, VersionName & { readonly by: PublicationRow }> {
  const found = new Map<string, VersionName & { readonly by: PublicationRow }>();
  const seen = new Set<string>();
  for (const by of [...publications].reverse()) {
    for (const { name, version, retired } of by.flows) {
      if (!seen.has(name) && retired !== true) found.set(name, { name, version, by });
      seen.add(name);
    }
  }
  return found;
}
