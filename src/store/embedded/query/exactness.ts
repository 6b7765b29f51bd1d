import type { Constraint } from './constraints.js';
import type { Bounds } from './index-bounds.js';

/** An index as far as it matters here. */
export type Telling = {
  multikey: boolean;
  /** Its only path, when it leaves out documents without that field. */
  sparseOn: string | undefined;
  /** How many keys it has within bounds, where that can be told. */
  keysWithin?: ((bounds: Bounds) => number) | undefined;
};

/**
 * Whether the bounds of an index hold just the documents that meet all constraints, but for those that
 * have a field which has to be absent: then the paths of such fields, which may be none. Undefined when
 * the documents have to be looked at. `used` are the paths whose intervals made the bounds.
 */
export function exactBut(
  constraints: readonly Constraint[],
  used: readonly string[],
  { multikey, sparseOn }: Telling,
): readonly string[] | undefined {
  const absent: string[] = [];
  const met = new Set<string>();
  for (const { path, intervals, exact } of constraints) {
    switch (exact) {
      case 'absent':
        // It may have made the bounds in place of another clause on the same field.
        if (multikey && used.includes(path)) return undefined;
        absent.push(path);
        continue;
      case 'present':
        if (path !== sparseOn || path.includes('.')) return undefined;
        continue;
      case 'never':
        return undefined;
      case 'without arrays':
      case 'always':
        if (!intervals || !used.includes(path)) return undefined;
        // Different elements of an array may meet different clauses.
        if (multikey && (exact !== 'always' || met.has(path))) return undefined;
        met.add(path);
        continue;
      default:
        return exact satisfies never;
    }
  }
  return absent;
}
