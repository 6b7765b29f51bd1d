import { openDoors } from '../../canvass/doors.js';
import { openIncomes } from '../../canvass/incomes.js';
import { openResults } from '../../canvass/results.js';
import { collectAreas, type CollectedAreas } from '../../canvass/targeting/collect-areas.js';
import type { Tongue } from '../../canvass/targeting/explain-rank.js';
import { openVisits } from '../../canvass/visits.js';
import { readSettings } from '../../config.js';
import type { CanvassRules } from '../../engine/campaign.js';
import { openStore } from '../../store/connection.js';
import { readCampaignFile } from '../read-campaign.js';
import { Refusal } from '../refusal.js';

export type AreasAtHand = {
  readonly collected: CollectedAreas;
  readonly rules: CanvassRules;
  /** The campaign's first language, as far as ranks can be told in it. */
  readonly tongue: Tongue;
};

/** Reads what is known of the areas; refused, with the cure, when nothing could be ranked. */
export async function withAreas<T>(
  elections: readonly string[] | undefined,
  work: (at: AreasAtHand) => Promise<T>,
): Promise<T> {
  const { dataDir, mongodbUri, flowsDir } = readSettings();
  const campaign = await readCampaignFile(flowsDir);
  const rules = campaign?.canvass;
  if (rules === undefined) {
    throw new Refusal(
      'campaign.yaml does not say which results are yours: add `canvass:` with `own:` and the lists, nuances or candidates as results name them.',
    );
  }
  const store = await openStore({ dataDir, mongodbUri, lasting: false });
  try {
    const { connection } = store;
    const results = openResults(connection);
    const tables = {
      results,
      doors: openDoors(connection),
      visits: openVisits(connection),
      incomes: openIncomes(connection),
    };
    const collected = await collectAreas(tables, rules, elections);
    if (collected.elections.length === 0)
      throw new Refusal(await explainNone(results, rules, elections));
    const tongue = campaign?.languages[0] === 'fr' ? 'fr' : 'en';
    return await work({ collected, rules, tongue });
  } finally {
    await store.close();
  }
}

type LabelCount = { readonly _id: string; readonly votes: number };

async function explainNone(
  { table }: ReturnType<typeof openResults>,
  { own }: CanvassRules,
  elections: readonly string[] | undefined,
): Promise<string> {
  const known = await table.aggregate<{ readonly _id: string }>([
    { $group: { _id: '$election' } },
    { $sort: { _id: 1 } },
  ]);
  if (known.length === 0) {
    return 'There are no results yet: portevoix import results FILE takes them in.';
  }
  const ids = known.map(({ _id }) => _id);
  const asked = elections?.find((id) => !ids.includes(id));
  if (asked !== undefined) {
    return `There are no results of ${asked}; there are some of ${ids.join(', ')}.`;
  }
  const labels = await table.aggregate<LabelCount>([
    { $unwind: '$votes' },
    { $unwind: '$votes.labels' },
    { $group: { _id: '$votes.labels', votes: { $sum: '$votes.votes' } } },
    { $sort: { votes: -1 } },
    { $limit: 20 },
  ]);
  return `No result names ${own.join(', ')}, which \`canvass: own:\` of campaign.yaml says, or turnout and votes were not both imported. Results name: ${labels.map(({ _id }) => _id).join(', ')}.`;
}
