import type { Campaign } from '../../../engine/campaign.js';
import { tellBallot } from '../../../engine/calendar/tell-ballot.js';
import type { Phrase } from '../../../engine/flow.js';
import { readPhrase } from '../../../engine/icu.js';
import { instantOf } from '../../../engine/parse/instant.js';
import type { SupporterRecord } from '../../../supporters/record.js';
import type { Words } from '../message.js';

type Reader = Pick<SupporterRecord, 'language' | 'first_name' | 'territory' | 'postal_code'>;

/** What a message says to somebody, in their language or else the campaign's first. */
export type WordsFor = (
  record: Reader,
  at: number,
) => { readonly text: string; readonly language: string };

/** Makes what writes a message; its words were checked when it was made. */
export function createWordsFor(words: Words, campaign: Campaign): WordsFor {
  const phrases = new Map<string, Phrase>();
  for (const [language, source] of Object.entries(words)) {
    const reading = readPhrase(source, language, campaign.timezone);
    if ('phrase' in reading) phrases.set(language, reading.phrase);
  }
  const [first = ''] = [...campaign.languages.filter((one) => phrases.has(one)), ...phrases.keys()];
  return (record, at) => {
    const language = phrases.has(record.language) ? record.language : first;
    const phrase = phrases.get(language);
    if (phrase === undefined) throw new Error('A message has no words.');
    return { text: phrase.render(argumentsOf(record, campaign, language, at)), language };
  };
}

function argumentsOf(
  { first_name: firstName, territory, postal_code: code }: Reader,
  campaign: Campaign,
  language: string,
  at: number,
): Parameters<Phrase['render']>[0] {
  const { name, candidate, donations, election, timezone } = campaign;
  const place = {
    ...(territory === undefined ? {} : { territory }),
    ...(code === undefined ? {} : { postal_code: code }),
  };
  const title = election?.name[language];
  const since = donations?.agentSince;
  return {
    campaign: name,
    now: new Date(at),
    ...tellBallot(campaign, place, at, language),
    ...(firstName === undefined ? {} : { firstName }),
    ...(candidate === undefined ? {} : { candidate }),
    ...(title === undefined ? {} : { election: title }),
    ...(donations === undefined ? {} : { agent: donations.agent }),
    ...(since === undefined ? {} : { agentSince: new Date(instantOf(since, '00:00', timezone)) }),
  };
}
