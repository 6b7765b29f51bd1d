import { z } from 'zod';
import type { Campaign } from '../../engine/campaign.js';
import { PURPOSES, type Flow } from '../../engine/flow.js';
import { PHRASE_ARGUMENTS } from '../../engine/parse/names.js';
import { WAYS } from '../../outreach/messages/read-matter.js';
import { absentIn } from '../../outreach/messages/read-words.js';
import type { Segments } from '../../outreach/segments/segments.js';
import type { MessageOptions } from '../api.js';

/** What a form about messages offers. */
export const messageOptions = z.object({
  purposes: z.array(z.string()),
  channels: z.array(z.object({ name: z.string(), isOn: z.boolean() })),
  languages: z.array(z.string()),
  segments: z.array(z.object({ name: z.string(), title: z.string() })),
  flows: z.array(
    z.object({ name: z.string(), purpose: z.string(), content: z.enum(['campaign', 'neutral']) }),
  ),
  placeholders: z.array(z.object({ name: z.string(), mayBeAbsent: z.boolean() })),
  election: z.object({ date: z.string(), secondRound: z.string().exactOptional() }).exactOptional(),
  timezone: z.string(),
});

/** Tells it for the campaign as it stands. */
export async function tellOptions(options: {
  campaign(): Campaign;
  flows(): Promise<readonly Flow[]>;
  channelsOn(): ReadonlySet<string>;
  readonly segments: Pick<Segments, 'list'>;
}): Promise<MessageOptions> {
  const campaign = options.campaign();
  const on = options.channelsOn();
  const absent = absentIn(campaign);
  const [flows, segments] = await Promise.all([options.flows(), options.segments.list()]);
  const { election } = campaign;
  return {
    purposes: PURPOSES,
    channels: WAYS.map((name) => ({ name, isOn: on.has(name) })),
    languages: campaign.languages,
    segments: segments.map(({ name, title }) => ({ name, title })),
    flows: flows.map(({ name, purpose, content }) => ({ name, purpose, content })),
    placeholders: PHRASE_ARGUMENTS.map((name) => ({ name, mayBeAbsent: absent.has(name) })),
    ...(election === undefined
      ? {}
      : {
          election: {
            date: election.date,
            ...(election.secondRound === undefined ? {} : { secondRound: election.secondRound }),
          },
        }),
    timezone: campaign.timezone,
  };
}
