import { ACTIONS } from '../../../src/actions.js';
import { compile } from '../../../src/engine/compile.js';
import type { Campaign } from '../../../src/engine/campaign.js';
import type { MessageDefinition } from '../../../src/outreach/messages/message.js';
import { consentsNow } from '../../../src/supporters/consents-now.js';
import { newSupporter, type SupporterRecord } from '../../../src/supporters/record.js';

/** A campaign in two languages for an election with two rounds, in all of France. */
export const CAMPAIGN_YAML = `
name: Valbrume en commun
candidate: Maëlle Corvisier
languages: [fr, en]
timezone: Europe/Paris
country: fr
channels: [web, telegram]
election:
  name: { fr: les élections, en: the election }
  date: 2032-03-14
  second_round: 2032-03-21
  territories: all
site:
  url: https://valbrume.example
  headline: { fr: Valbrume ensemble, en: Valbrume together }
  colours: { primary: '#14532d', accent: '#9a3412' }
`;

export function readCampaign(text = CAMPAIGN_YAML): Campaign {
  const campaign = { path: 'flows/campaign.yaml', text };
  const compiled = compile({ campaign, flows: [], locales: [] }, ACTIONS);
  const errors = compiled.problems.filter(
    ({ file, severity }) => file === 'flows/campaign.yaml' && severity === 'error',
  );
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return compiled.campaign;
}

/** A neutral reminder of the vote. */
export const REMINDER: MessageDefinition = {
  name: 'reminder',
  purpose: 'vote',
  content: 'neutral',
  says: {
    type: 'words',
    words: {
      fr: 'Bonjour{firstName, select, none {} other { {firstName}}}, on vote dimanche.',
      en: 'Hello{firstName, select, none {} other { {firstName}}}, vote on Sunday.',
    },
  },
  at: { type: 'instant', at: Date.UTC(2032, 2, 1, 10) },
  channels: ['telegram', 'web'],
};

/** A supporter who agreed to reminders, and is reached on these channels. */
export function supporter(
  id: string,
  channels: readonly string[],
  more: Partial<SupporterRecord> = {},
): SupporterRecord {
  const at = new Date(Date.UTC(2032, 0, 1));
  const consents = [
    {
      purpose: 'vote' as const,
      given: true,
      wording: 'w',
      version: 'v',
      language: 'fr',
      source: 'welcome.agree',
      at,
    },
  ];
  const [channel = 'web'] = channels;
  return {
    ...newSupporter(id, 'fr', { channel, address: `${id}-${channel}` }, at),
    consents,
    consents_now: consentsNow(consents),
    reachable_on: channels,
    ...more,
  };
}
