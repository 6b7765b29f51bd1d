import { takeBack } from '../../canvass/live/take-back.js';
import { tellAlert } from '../../canvass/live/tell-alert.js';
import { summariseOutings, watchOutings } from '../../canvass/live/watch-outings.js';
import { outingsOf } from '../../canvass/outing.js';
import { referenceOf } from '../../supporters/tell-staff.js';
import { Refusal } from '../refusal.js';
import { write } from '../write.js';
import { describe } from './results.js';
import { withCanvass } from './with-canvass.js';

type Options = { readonly json?: boolean };

/** `portevoix canvass outings`. */
export async function listOutings({ json }: Options): Promise<void> {
  await withCanvass(async ({ visits, merged }) => {
    let outings = 0;
    for await (const summary of summariseOutings(visits, await merged())) {
      outings += 1;
      const { outing, canvasser, doors, minutes, figures } = summary;
      await write(
        json === true
          ? `${JSON.stringify(summary)}\n`
          : `${outing}  ${referenceOf(canvasser)}  ${figures.first_at}, ${minutes} min, ${doors} doors\n    ${describe(figures)}\n`,
      );
    }
    if (outings === 0 && json !== true) await write('No door was reported yet.\n');
  });
}

/** `portevoix canvass alerts`. */
export async function listAlerts({ json }: Options): Promise<void> {
  await withCanvass(async ({ visits, doors, tongue, merged }) => {
    let alerts = 0;
    for await (const alert of watchOutings(visits, doors, await merged())) {
      alerts += 1;
      const why = tellAlert(alert, tongue);
      await write(
        json === true
          ? `${JSON.stringify({ ...alert, why })}\n`
          : `${alert.outing}  ${referenceOf(alert.canvasser)}  ${alert.type}\n    ${why}\n`,
      );
    }
    if (json === true) return;
    await write(
      alerts === 0
        ? 'Nothing is odd.\n'
        : 'An alert proves nothing: talk to the volunteer first. portevoix canvass rollback OUTING takes one outing back.\n',
    );
  });
}

/** `portevoix canvass rollback`. */
export async function rollBack(
  outing: string,
  options: Options & { readonly yes?: boolean },
): Promise<void> {
  await withCanvass(async (at) => {
    const merged = await at.merged();
    const names = { $in: [...outingsOf(outing, merged)] };
    const rows = await at.visits.table.count({ outing: names, undone_at: null });
    if (options.yes !== true && rows > 0) {
      throw new Refusal(
        `${rows} visits would count no more, and their doors would be to do again: say --yes to do so.`,
      );
    }
    const taken = await takeBack(at, outing, new Date(), merged);
    if (taken === undefined) {
      throw new Refusal(`There is no outing "${outing}": portevoix canvass outings lists them.`);
    }
    await write(
      options.json === true
        ? `${JSON.stringify(taken)}\n`
        : `${taken.visits} visits count no more; ${taken.doors} doors stand as before.\n`,
    );
  });
}
