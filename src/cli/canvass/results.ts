import { hourIn, TALLIED, tallyBy, type Figures } from '../../canvass/live/tally.js';
import { withStreets } from '../../canvass/live/with-streets.js';
import { referenceOf } from '../../supporters/tell-staff.js';
import { Refusal } from '../refusal.js';
import { write } from '../write.js';
import { withCanvass, type CanvassAtHand } from './with-canvass.js';

const GROUPS = ['turf', 'street', 'canvasser', 'hour'] as const;
type By = (typeof GROUPS)[number];
type Options = { readonly by?: string; readonly json?: boolean };

const FIELDS = ['door', 'turf', 'canvasser', ...TALLIED] as const;

/** `portevoix canvass results`. */
export async function showResults({ by, json }: Options): Promise<void> {
  const wanted = GROUPS.find((group) => group === (by ?? 'turf'));
  if (wanted === undefined) throw new Refusal(`--by is one of ${GROUPS.join(', ')}.`);
  await withCanvass(async (at) => {
    const groups = await count(at, wanted);
    const names = wanted === 'turf' ? await turfNames(at) : new Map<string, string>();
    for (const { group, figures } of groups) {
      const name = names.get(group);
      const shown = wanted === 'canvasser' ? referenceOf(group) : (name ?? group);
      await write(
        json === true
          ? `${JSON.stringify({ [wanted]: group, ...(name === undefined ? {} : { name }), ...figures })}\n`
          : `${shown}\n    ${describe(figures)}\n`,
      );
    }
    if (groups.length === 0 && json !== true) await write('No door was reported yet.\n');
  });
}

async function count({ visits, doors, campaign, merged }: CanvassAtHand, by: By) {
  const stream = visits.table.streamFields({}, FIELDS);
  switch (by) {
    case 'turf':
      return tallyBy(stream, ({ turf }) => turf);
    case 'canvasser': {
      const known = await merged();
      return tallyBy(stream, ({ canvasser }) => known.get(canvasser) ?? canvasser);
    }
    case 'street':
      return tallyBy(withStreets(stream, doors), ({ street }) => street);
    case 'hour': {
      const hourOf = hourIn(campaign?.timezone ?? 'UTC');
      return tallyBy(stream, ({ at }) => hourOf(at));
    }
    default:
      return by satisfies never;
  }
}

async function turfNames({ turfs }: CanvassAtHand): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for await (const { _id, name } of turfs.table.streamFields({}, ['name'])) names.set(_id, name);
  return names;
}

/** Figures on one line. */
export function describe(figures: Figures): string {
  const {
    visits,
    results,
    contacts,
    contact_rate: rate,
    told,
    supporters,
    went_on: chats,
  } = figures;
  const percent = rate === undefined ? '' : ` (${Math.round(100 * rate)}%)`;
  const each = Object.entries(results).map(([result, times]) => `${times} ${result}`);
  const support = told === 0 ? '' : `; ${supporters} of ${told} who told support`;
  const wentOn = chats === undefined ? '' : `; ${chats} went on by chat`;
  return `${visits} visits, ${contacts} contacts${percent}${support}${wentOn}: ${each.join(', ')}`;
}
