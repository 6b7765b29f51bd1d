import { createHash } from 'node:crypto';
import type { SiteContent } from '../../../engine/site/site-content.js';

/** The version of a page: first 8 hexadecimal digits of the hash of what it says, whatever the order of keys. */
export function siteVersion(content: SiteContent): string {
  return createHash('sha256').update(JSON.stringify(content, inOrder)).digest('hex').slice(0, 8);
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
