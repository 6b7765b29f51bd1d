import { z } from 'zod';
import { findDuplicates, type Duplicates } from '../../supporters/merge/find-duplicates.js';
import type { Merging, MergeOutcome } from '../../supporters/merge/merge-supporters.js';
import type { Supporters } from '../../supporters/supporters.js';
import { tellRow } from '../people/tell-supporter.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { DONE, id, NOTHING } from './inputs.js';
import { supporterRow } from './supporter-shapes.js';

export type MergeOptions = {
  readonly supporters: Supporters;
  readonly merging: Merging;
  changed(supporter: string): void;
  report(error: unknown): void;
  now(): number;
};

/** How old what was found may be: looking reads everybody. */
const FOUND_FOR_MS = 300_000;
const MOST_SHOWN = 50;

/** Routes about profiles that are one person. */
export function mergeRoutes(options: MergeOptions): Route[] {
  const { supporters, merging, now } = options;
  let found: { readonly at: number; readonly groups: readonly Duplicates[] } | undefined;
  let isLooking = false;

  /** Looks in the background; whoever asks is told what was found last. */
  function lookAgain(): void {
    const isFresh = found !== undefined && now() - found.at < FOUND_FOR_MS;
    if (isLooking || isFresh) return;
    isLooking = true;
    void look();
  }

  async function look(): Promise<void> {
    try {
      found = { at: now(), groups: await findDuplicates(supporters) };
    } catch (error) {
      options.report(error);
    } finally {
      isLooking = false;
    }
  }

  /** What was found is not so any more. */
  function forget(): void {
    found = undefined;
  }

  return [
    defineRoute<'GET /duplicates'>({
      type: 'json',
      key: 'GET /duplicates',
      name: 'listDuplicates',
      summary: 'Profiles with one confirmed e-mail or one phone number, which may be one person.',
      access: 'supporters.merge',
      input: NOTHING,
      output: z.object({
        at: z.string().exactOptional(),
        items: z.array(
          z.object({ by: z.enum(['email', 'phone']), supporters: z.array(supporterRow) }),
        ),
      }),
      audit: () => ({}),
      async handle() {
        lookAgain();
        if (found === undefined) return { items: [] };
        const groups = found.groups.slice(0, MOST_SHOWN);
        const ids = groups.flatMap((group) => group.supporters);
        const records = await supporters.table.find({ _id: { $in: ids } });
        const rows = new Map(records.map((record) => [record._id, tellRow(record)]));
        return {
          at: new Date(found.at).toISOString(),
          items: groups
            .map(({ by, supporters: those }) => ({
              by,
              supporters: those.flatMap((one) => rows.get(one) ?? []),
            }))
            .filter((group) => group.supporters.length > 1),
        };
      },
    }),
    defineRoute<'POST /supporters/:id/merge'>({
      type: 'json',
      key: 'POST /supporters/:id/merge',
      name: 'mergeSupporters',
      summary: 'Makes one profile of two; the answers of the first count where they differ.',
      access: 'supporters.merge',
      input: z.strictObject({ id, other: id, reason: z.string().trim().min(1).max(500) }),
      output: z.object({ merge: z.string() }),
      audit: (input) => ({ supporter: input.id, about: input.other }),
      async handle(input) {
        const proof = { type: 'staff', reason: input.reason } as const;
        const merge = settled(await merging.merge(input.id, input.other, proof));
        forget();
        options.changed(input.id);
        return { merge };
      },
    }),
    defineRoute<'POST /merges/:id/undo'>({
      type: 'json',
      key: 'POST /merges/:id/undo',
      name: 'undoMerge',
      summary: 'Makes two profiles of one again, each with what came by its own addresses since.',
      access: 'supporters.merge',
      input: z.strictObject({ id }),
      output: DONE,
      audit: (input) => ({ about: input.id }),
      async handle(input) {
        settled(await merging.unmerge(input.id));
        forget();
        return { done: true };
      },
    }),
  ];
}

function settled(outcome: MergeOutcome): string {
  if (outcome.type === 'done') return outcome.id;
  throw new ApiRefusal(409, `merge_${outcome.reason}`, `Not possible: ${outcome.reason}.`);
}
