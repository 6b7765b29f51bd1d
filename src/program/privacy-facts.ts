import { ACTIONS } from '../actions.js';
import type { Settings } from '../config.js';
import type { RecordKind } from '../engine/action.js';
import { PURPOSES, type Library, type Purpose } from '../engine/flow.js';
import type { PrivacyFacts, Processor } from '../site/server/privacy-facts.js';
import { whatIsCollected, type Collected } from '../supporters/privacy/what-is-collected.js';

/** What of the settings a privacy notice tells. */
export type NoticeSettings = Pick<
  Settings,
  | 'telegram'
  | 'whatsapp'
  | 'botFramework'
  | 'smtpUrl'
  | 'webhooks'
  | 'donations'
  | 'keepConversationsDays'
  | 'keepProfilesDays'
>;

/** For which purpose domains keep what they do; what is kept for none is there so that the team can answer. */
const PURPOSE_OF: { readonly [kind in RecordKind]: Purpose | undefined } = {
  handoffs: undefined,
  donations: 'donation',
  pledges: 'donation',
  shifts: 'volunteering',
  roles: 'volunteering',
  canvassing: 'canvassing',
  vote_plans: 'vote',
  votes: 'vote',
  proxies: 'vote',
};

/** What the privacy notice tells, made again when other flows come into force. */
export function privacyFacts(library: () => Library, settings: NoticeSettings): () => PrivacyFacts {
  let made: { readonly of: Library; readonly facts: PrivacyFacts } | undefined;
  return () => {
    const current = library();
    if (made?.of !== current) made = { of: current, facts: tellFacts(current, settings) };
    return made.facts;
  };
}

/** Puts together what flows in force collect and what the settings turn on; pure. */
export function tellFacts(library: Library, settings: NoticeSettings): PrivacyFacts {
  const collected = whatIsCollected(library, ACTIONS);
  const { consents, fields, records } = collected;
  const kept = (purpose: Purpose | undefined): readonly RecordKind[] =>
    records.filter((kind) => PURPOSE_OF[kind] === purpose);
  const purposes = PURPOSES.map((purpose) => ({
    purpose,
    consents: consents.filter((consent) => consent.purpose === purpose),
    fields: fields.filter(({ needs }) => needs === purpose),
    records: kept(purpose),
  }));
  return {
    purposes: purposes.filter(
      (one) => one.consents.length + one.fields.length + one.records.length > 0,
    ),
    basics: fields.filter(({ needs }) => needs === undefined),
    basicRecords: kept(undefined),
    channels: [
      'web',
      ...(settings.telegram === undefined ? [] : ['telegram']),
      ...(settings.whatsapp === undefined ? [] : ['whatsapp']),
      ...(settings.botFramework === undefined ? [] : ['bot_framework']),
    ],
    processors: processorsOf(collected, settings),
    keepConversationsDays: settings.keepConversationsDays,
    keepProfilesDays: settings.keepProfilesDays,
    chatRights: library.startedBy({ type: 'command', command: 'privacy' }) !== undefined,
  };
}

function processorsOf(collected: Collected, settings: NoticeSettings): readonly Processor[] {
  const { telegram, whatsapp, botFramework, smtpUrl, donations, webhooks } = settings;
  const gives = collected.records.includes('donations');
  return [
    ...(telegram === undefined ? [] : [{ type: 'telegram' } as const]),
    ...(whatsapp === undefined ? [] : [{ type: 'whatsapp' } as const]),
    ...(botFramework === undefined ? [] : [{ type: 'bot_framework' } as const]),
    ...(gives && donations.gateway === 'stripe' ? [{ type: 'stripe' } as const] : []),
    ...(smtpUrl === undefined ? [] : [mailOf(new URL(smtpUrl).hostname)]),
    ...(collected.tells
      ? [...webhooks].map(([name, url]) => ({
          type: 'webhook' as const,
          name,
          host: new URL(url).hostname,
        }))
      : []),
  ];
}

/** A host of the campaign's own network means nothing to its reader, and is nobody's business. */
function mailOf(host: string): Processor {
  const isPublic =
    /\.[a-z]{2,}$/i.test(host) && !/\.(?:local|internal|lan|test|localhost)$/i.test(host);
  return isPublic ? { type: 'mail', host } : { type: 'mail' };
}
