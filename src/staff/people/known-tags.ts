import type { Supporters } from '../../supporters/supporters.js';

/** How old what is known may be: looking reads everybody. */
const KNOWN_FOR_MS = 300_000;

/** The tags that supporters have; looked for beside, so that nobody waits but whoever asks first. */
export function createKnownTags(options: {
  readonly supporters: Pick<Supporters, 'table'>;
  report(error: unknown): void;
  now(): number;
}) {
  const { supporters, now } = options;
  let looking: Promise<void> | undefined;
  let last: readonly string[] | undefined;
  let at = -Infinity;

  async function look(): Promise<void> {
    try {
      const groups = await supporters.table.aggregate<{ _id: string }>([
        { $match: { tags: { $gt: '' } } },
        { $project: { tags: 1 } },
        { $unwind: '$tags' },
        { $group: { _id: '$tags' } },
        { $sort: { _id: 1 } },
      ]);
      last = groups.map(({ _id }) => _id);
    } catch (error) {
      options.report(error);
    } finally {
      looking = undefined;
    }
  }

  return {
    /** In the order of the alphabet. */
    async list(most: number): Promise<readonly string[]> {
      if (now() - at > KNOWN_FOR_MS) {
        at = now();
        looking ??= look();
      }
      if (last === undefined) await looking;
      return (last ?? []).slice(0, most);
    },
  };
}
