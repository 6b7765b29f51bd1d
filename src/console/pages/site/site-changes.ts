import type { SiteContent } from '../../../engine/site/site-content.js';

/** One place of the page that would be another: `issues.0.title.fr`. */
export type SiteChange = {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
};

/** Where two pages differ, in the order of the page; what is blank counts as not there. */
export function siteChanges(before: SiteContent, after: SiteContent): readonly SiteChange[] {
  const [was, is] = [placesOf(before), placesOf(after)];
  const paths = [...new Set([...is.keys(), ...was.keys()])];
  return paths
    .filter((path) => was.get(path) !== is.get(path))
    .map((path) => ({ path, before: was.get(path), after: is.get(path) }));
}

function placesOf(content: SiteContent): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'string') {
      if (value.trim() !== '') places.set(path.join('.'), value.trim());
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    }
  };
  walk({ name: content.name, ...content.site }, []);
  return places;
}
