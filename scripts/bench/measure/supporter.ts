import { randomUUID } from 'node:crypto';
import { consentsNow } from '../../../src/supporters/consents-now.js';
import { newSupporter, type SupporterRecord } from '../../../src/supporters/record.js';

/** A supporter like those that a campaign has, each a little different; `now` in epoch milliseconds. */
export function supporter(index: number, now: number): SupporterRecord {
  const at = new Date(now - index * 1_000);
  const channel = index % 3 === 0 ? 'web' : 'telegram';
  const proof = {
    wording: 'Pouvons-nous garder vos réponses et vous écrire au sujet de la campagne ?',
    version: '1a2b3c4d',
    language: 'fr',
    source: 'welcome.agree',
    at,
  };
  const consents = [
    { purpose: 'engagement' as const, given: index % 50 !== 0, ...proof },
    { purpose: 'newsletter' as const, channel: 'email', given: index % 2 === 0, ...proof },
  ];
  return {
    ...newSupporter(
      randomUUID(),
      index % 5 === 0 ? 'en' : 'fr',
      { channel, address: `${index}` },
      at,
    ),
    revision: 12,
    turns: 11,
    heard_at: at,
    first_name: 'Camille',
    email: `camille.${index}@exemple.org`,
    postal_code: String(1_000 + ((index * 7) % 94_000)).padStart(5, '0'),
    preferences: { topics: ['climate', 'health'] },
    consents,
    consents_now: consentsNow(consents),
    reachable_on: index % 70 === 0 ? [] : [channel],
    seen: { aB3dE6gH9jK2: Array.from({ length: 12 }, (_, n) => `${index}-${n}`.padEnd(12, 'x')) },
    tags: ['volunteer'],
  };
}
