import type { PersonalData } from '../../supporters/privacy/personal-data.js';
import { createPairing } from './pair-proxies.js';
import type { Proxies } from './proxies.js';

/**
 * What is exported and erased with a supporter. Whoever they were to vote for is looked on for, and whoever
 * was to vote for them hears that it is called off.
 */
export function proxyData(proxies: Proxies, now: () => number): PersonalData {
  const { requests, offers, news } = proxies;
  const pairing = createPairing(proxies, now);
  return {
    name: 'proxies',
    async exportOf(supporter) {
      const asked = await requests.find({ supporter });
      const offered = await offers.find({ supporter });
      return {
        requests: asked.map(({ round, state, place, at }) => ({
          round,
          state,
          place: { ...place },
          at: at.toISOString(),
        })),
        offers: await Promise.all(
          offered.map(async ({ _id, round, state, place, holds, at }) => ({
            round,
            state,
            place: { ...place },
            proxies: holds.length,
            told: (await requests.find({ offer: _id })).flatMap(({ told }) =>
              told === undefined ? [] : [{ ...told }],
            ),
            at: at.toISOString(),
          })),
        ),
      };
    },
    async erase(supporter) {
      for (const { _id } of await requests.find({ supporter })) await pairing.cancel(_id);
      for (const { _id } of await offers.find({ supporter })) await pairing.withdraw(_id);
      for (const table of [requests, offers, news]) await table.remove({ supporter });
    },
  };
}
