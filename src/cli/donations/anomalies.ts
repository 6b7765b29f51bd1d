import {
  findAnomalies,
  type Anomaly,
  type AnomalyKind,
} from '../../donations/treasurer/anomalies.js';
import { isTrial } from '../../donations/checkout/is-trial.js';
import { readOwners } from '../../supporters/find-current.js';
import { referenceOf } from '../../supporters/tell-staff.js';
import { readCampaignFile } from '../read-campaign.js';
import { withPeople } from '../with-people.js';
import { write } from '../write.js';
import { money } from './show.js';

const MEANS: { readonly [kind in AnomalyKind]: string } = {
  over_ceiling: 'over the ceiling: to be returned, once the agent authorises it',
  same_donor: 'over the ceiling, if one name at one address is one person',
  late: 'paid after its time had run out',
  paid_twice: 'the second payment of one gift',
  other_amount: 'more (or less) was paid than was asked for',
  unidentified: 'nobody knows who gave it',
  refund_unauthorised: 'returned at the gateway, with no authorisation kept here',
  refund_failed: 'should have gone back, and did not',
  refund_unfinished: 'asked to go back, and the gateway never answered: look there',
  disputed: 'disputed by the donor at the bank',
  pending_long: 'not known for two weeks whether it is paid',
};

/** `portevoix donations anomalies`; the exit status is 1 when there are any. */
export async function listAnomalies({ json }: { readonly json?: boolean }): Promise<void> {
  await withPeople(async ({ donations, supporters, settings }) => {
    const currency = (await readCampaignFile(settings.flowsDir))?.country === 'us' ? 'USD' : 'EUR';
    const ownerOf = await readOwners(supporters.table);
    const trial = isTrial(settings.donations.gateway);
    let count = 0;
    for await (const anomaly of findAnomalies(donations, ownerOf, trial, Date.now())) {
      count += 1;
      await write(json === true ? `${JSON.stringify(anomaly)}\n` : describe(anomaly));
    }
    if (count === 0 && json !== true) await write('Nothing to look at.\n');
    if (count > 0) process.exitCode = 1;

    function describe({ kind, donations: references, cents, supporter }: Anomaly): string {
      const who = supporter === undefined ? '' : `  supporter ${referenceOf(supporter)}`;
      return `${money(cents, currency)}  ${MEANS[kind]}  ${references.join(', ')}${who}\n`;
    }
  });
}
