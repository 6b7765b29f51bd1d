import type { Campaign } from '../campaign.js';
import type { WordLists } from '../flow.js';
import type { Report } from '../parse/report.js';
import { didYouMean, nearest } from '../parse/suggest.js';
import type { Catalogue } from '../parse/words.js';
import type { Place } from '../problem.js';
import { say } from '../sentence.js';

const KEYS = [
  'yes',
  'no',
  'done',
  'skip',
  'apology',
  'stale',
  'not_understood',
  'media',
  'edited',
  'busy',
  'offer',
  'did_you_mean',
  'resume.ask',
  'resume.options.go_on',
  'resume.options.begin_again',
];

/** Words of the mail that confirms an address, and of the page its link opens. */
const MAIL_KEYS = ['subject', 'text', 'ask', 'confirm', 'done', 'expired'].map(
  (key) => `confirm_email.${key}`,
);

/** Words around every mail, and of the page its link to unsubscribe opens. */
const LETTER_KEYS = [
  ...['subject', 'open', 'answer', 'not_read', 'why', 'unsubscribe'].map((key) => `mail.${key}`),
  ...['ask', 'about', 'confirm', 'done', 'done_hint', 'expired', 'expired_hint'].map(
    (key) => `unsubscribe.${key}`,
  ),
];

/** Words around a person of the team who takes over, and of the page with a copy of one's data. */
const STAFF_KEYS = ['waiting', 'over', 'subject', 'text'].map((key) => `handoff.${key}`);
const PRIVACY_KEYS = ['ask', 'about', 'download', 'expired', 'expired_hint'].map(
  (key) => `privacy.${key}`,
);
/** How shifts that are full, and those who signed up for them, are named. */
const VOLUNTEER_KEYS = [
  'volunteers.full',
  'volunteers.waits',
  'volunteers.nameless',
  ...['invited', 'scheduled', 'confirmed', 'completed', 'no_show', 'declined'].map(
    (state) => `volunteers.states.${state}`,
  ),
];
/** How results at doors, and what is unclear about shorthand, are named. */
const CANVASS_KEYS = [
  ...[
    'canvassed',
    'not_home',
    'refused',
    'lit_dropped',
    'inaccessible',
    'language_barrier',
    'moved',
    'vacant',
    'deceased',
  ].map((result) => `canvass.results.${result}`),
  ...['door', 'street', 'several', 'result', 'twice'].map((why) => `canvass.unclear.${why}`),
];
/** Words of channels: on the buttons that share something, for a group that adds the bot, around lists. */
const CHANNEL_KEYS = [
  'share.contact',
  'share.location',
  'group',
  'choose',
  'by_number.one',
  'by_number.several',
];
/** Said to those who are asked to go on elsewhere, when a channel fails. */
const INVITE_KEYS = ['invite.chat', 'invite.subject', 'invite.text'];
/** Said during the election silence; wanted where the law has one. */
const SILENCE_KEYS = ['silence'];
/** For who comes from another channel: said there, of the page a link opens, of the mail with a code. */
const JOIN_KEYS = [
  'joined',
  ...['ask', 'about', 'confirm', 'expired', 'expired_hint'].map((key) => `go_on.${key}`),
  'join_code.subject',
  'join_code.text',
];
/** Mails to the team: a link that signs in, and an invitation. */
const TEAM_KEYS = ['sign_in_subject', 'sign_in_text', 'join_subject', 'join_text', 'open'].map(
  (key) => `team.${key}`,
);
/** The mail to who takes the gifts about what is to be looked at. */
const TREASURER_KEYS = [
  'treasurer.subject',
  'treasurer.text',
  'treasurer.open',
  ...[
    'over_ceiling',
    'same_donor',
    'late',
    'paid_twice',
    'other_amount',
    'unidentified',
    'refund_unauthorised',
    'refund_failed',
    'refund_unfinished',
    'disputed',
    'pending_long',
  ].map((kind) => `treasurer.kinds.${kind}`),
];
const OPTIONAL_KEYS = [
  ...TREASURER_KEYS,
  ...TEAM_KEYS,
  ...INVITE_KEYS,
  ...SILENCE_KEYS,
  ...JOIN_KEYS,
  ...MAIL_KEYS,
  ...LETTER_KEYS,
  ...STAFF_KEYS,
  ...PRIVACY_KEYS,
  ...VOLUNTEER_KEYS,
  ...CANVASS_KEYS,
  ...CHANNEL_KEYS,
];

/** Groups of which a campaign has as many as it likes: languages, and ready answers of the team. */
const FREELY_NAMED = ['languages.', 'replies.'];

/** What common words may name: the campaign everywhere, and what a mail is about. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  'confirm_email.text': ['campaign', 'link'],
  'handoff.text': ['campaign', 'reference'],
  'team.sign_in_text': ['campaign', 'link'],
  'treasurer.text': ['campaign', 'count', 'list', 'link'],
  'team.join_text': ['campaign', 'link', 'name'],
  'invite.chat': ['campaign', 'channel'],
  'invite.text': ['campaign', 'channel', 'link'],
  'join_code.text': ['campaign', 'code'],
  group: ['campaign'],
  silence: ['campaign', 'resumes', 'opens', 'closes'],
};

/** Labels among the common words, whose length channels limit. */
const LABELS = [
  'yes',
  'no',
  'skip',
  'choose',
  'resume.options.go_on',
  'resume.options.begin_again',
];

/**
 * Checks `common.yaml` of every language. `top` is where to tell of a language that has none, and
 * `strict` whether that is an error: a folder of flows without a campaign may do without.
 */
export function checkCommon(
  campaign: Campaign,
  catalogues: readonly Catalogue[],
  lists: ReadonlyMap<string, WordLists>,
  top: Place,
  strict: boolean,
  report: Report,
): void {
  const keys = [
    ...KEYS,
    ...(campaign.calendar.anywhere.some(({ silence }) => silence !== undefined) ? ['silence'] : []),
    ...campaign.languages.map((language) => `languages.${language}`),
  ];
  for (const language of campaign.languages) {
    const catalogue = catalogues.find((one) => one.language === language);
    if (catalogue === undefined) {
      report[strict ? 'error' : 'warning'](
        top,
        'missing-translation',
        say`there are no common words in ${language}; add locales/${language}/common.yaml with: ${keys.join(', ')}`,
      );
      continue;
    }
    const start = { file: catalogue.file, line: 1, column: 1 };
    const isKnown = (key: string): boolean =>
      [...keys, ...OPTIONAL_KEYS].includes(key) ||
      FREELY_NAMED.some((group) => key.startsWith(group));
    const strange = new Set([...catalogue.entries.keys()].filter((key) => !isKnown(key)));
    if (catalogue.whole) {
      for (const key of keys) {
        if (catalogue.entries.has(key)) continue;
        const near = nearest(key, strange);
        if (near !== undefined) strange.delete(near);
        report.error(
          (near === undefined ? undefined : catalogue.entries.get(near)?.keyPlace) ?? start,
          'missing-translation',
          say`"${key}" has no words in ${language}; ${near === undefined ? say`add it to ${catalogue.file}` : say`did you mean it by "${near}"?`}`,
        );
      }
      const words = lists.get(language);
      for (const list of ['yes', 'no', 'skip'] as const) {
        if ((words?.[list].length ?? 0) > 0) continue;
        report.error(
          start,
          'missing-key',
          say`no words are read as ${list} in ${language}; add \`words: { ${list}: […] }\` to ${catalogue.file}`,
        );
      }
    }
    for (const [key, { keyPlace, place, reading }] of catalogue.entries) {
      if (strange.has(key)) {
        report.warning(
          keyPlace,
          'extra-translation',
          say`nothing says "${key}", so nobody reads it; take it away, or: ${didYouMean(key, [...keys, ...OPTIONAL_KEYS])}`,
        );
      }
      const known = ARGUMENTS[key] ?? ['campaign'];
      const unknown = reading?.uses.find(({ name }) => !known.includes(name));
      if (unknown !== undefined) {
        report.error(
          place,
          'unknown-icu-argument',
          say`"${key}" names {${unknown.name}}; it can only name ${known.map((name) => `{${name}}`).join(' and ')}`,
        );
      }
      const short = ['whatsapp', 'botframework'];
      const limit = campaign.channels.some((channel) => short.includes(channel)) ? 20 : 64;
      const length = reading?.longest(() => 0) ?? 0;
      if (LABELS.includes(key) && length > limit) {
        report.error(
          place,
          'label-too-long',
          say`"${key}" has ${length} characters, and a button shows ${limit}; shorten it`,
        );
      }
    }
  }
}
