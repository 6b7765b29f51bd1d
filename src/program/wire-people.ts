import type { Channel } from '../channels/channel.js';
import type { Reader } from '../channels/email/email.js';
import type { Settings } from '../config.js';
import type { ActionHandler } from '../conversation/action-handler.js';
import type { Guard } from '../conversation/guard.js';
import type { Conversation } from '../conversation/conversation.js';
import type { Complete } from '../conversation/take-turn.js';
import { commonPhrase } from '../engine/common-phrase.js';
import type { Library, Phrase } from '../engine/flow.js';
import type { Log } from '../log.js';
import type { Mailer } from '../mail/mailer.js';
import type { Metrics } from '../metrics.js';
import type { Throttle } from '../outreach/throttle.js';
import { createSigner } from '../sign.js';
import { createCallWebhook } from '../supporters/call-webhook.js';
import { readerOf, takeEmailAddress } from '../supporters/email-address.js';
import { createEmailConfirmation } from '../supporters/confirm-email.js';
import type { SendMail } from '../supporters/mails.js';
import { createJoinByCode, JOIN } from '../supporters/merge/join-by-code.js';
import { createJoining, type Joining } from '../supporters/merge/joining.js';
import { createMerging, type Merging } from '../supporters/merge/merge-supporters.js';
import { createLocating } from '../supporters/places/locating.js';
import { openPlaces, placesFile } from '../supporters/places/open-places.js';
import { createKeepFile, KEEP_FILE } from '../supporters/files/keep-file.js';
import {
  createErasure,
  ERASE,
  type EraseSupporter,
} from '../supporters/privacy/erase-supporter.js';
import { createExportLinks } from '../supporters/privacy/export-link.js';
import { createRetention, type Retention } from '../supporters/privacy/retention.js';
import type { SupporterRecord } from '../supporters/record.js';
import { createTellStaff } from '../supporters/tell-staff.js';
import { createUnsubscribe } from '../supporters/unsubscribe.js';
import type { SiteOptions } from '../site/server/site.js';
import type { Tables } from './open-tables.js';
import { createSendMail } from './send-mail.js';

const DAY_MS = 86_400_000;

/** How long the last word to somebody who is erased stays in the chat: clients ask every second or two. */
const LAST_WORD_MS = 3_000;

/** How long the link in a mail goes on with the conversation; later it opens another. */
const MAILED_LINK_MS = 7 * DAY_MS;

export type WirePeopleOptions = {
  readonly settings: Settings;
  readonly secret: string;
  readonly log: Log;
  readonly tables: Tables;
  readonly mailer: Mailer;
  readonly metrics: Metrics;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly owner: string;
  library(): Library;
  /** What may leave for a supporter. */
  guard(supporter: string): Promise<Guard>;
  /** The conversation that these serve; asked for when they are used, for it is made with them. */
  conversation(): Pick<Conversation, 'read' | 'write' | 'forget' | 'happen'>;
  /** What paces the sends of a channel. */
  throttle(channel: string, perSecond: number): Throttle;
  now(): number;
};

/** What the program does for supporters beside talking with them. */
export type PeopleParts = {
  readonly actions: ReadonlyMap<string, ActionHandler>;
  /** What every turn's write fills in. */
  readonly complete: Complete;
  readonly joining: Pick<Joining, 'join' | 'linkFor'>;
  readonly retention: Retention;
  readonly erase: EraseSupporter;
  readonly merging: Merging;
  /** Lets what is done beside the conversation end. */
  settle(): Promise<void>;
  readonly mail: {
    readonly send: SendMail;
    /** Keeps all that goes to many within the rate of the mail server. */
    readonly throttle: Throttle;
    /** Who reads mail to an address, and where they go on with the conversation. */
    reader(address: string): Promise<Reader | 'nobody' | 'silenced'>;
  };
  /** What the site's pages show of it. */
  readonly pages: Pick<SiteOptions, 'confirmation' | 'goOn' | 'privacy' | 'unsubscribe'>;
};

/** Wires what is kept about supporters, and the actions that flows ask of it. */
export function wirePeople(options: WirePeopleOptions): PeopleParts {
  const { settings, secret, log, tables, mailer, metrics, library, conversation, now } = options;
  const { people, others, transcripts } = tables;
  const { publicUrl } = settings;
  const get: Conversation['read'] = (supporter) => conversation().read(supporter);
  const campaign = (): string => library().campaign.name;
  const firstLanguage = (): string => library().campaign.languages[0] ?? '';
  const word = (language: string, key: string): Phrase | undefined =>
    commonPhrase(library().common, [language, firstLanguage()], key);

  const changeRecord = async (
    supporter: string,
    make: (record: SupporterRecord) => SupporterRecord,
  ): Promise<void> =>
    conversation().write(supporter, undefined, (record) => ({
      record: make(record),
      answer: undefined,
    }));

  const unsubscribe = createUnsubscribe({
    supporters: people.supporters,
    signer: createSigner(secret, 'links to unsubscribe'),
    publicUrl,
    change: changeRecord,
    now,
  });
  const sendMail = createSendMail({
    mailer,
    publicUrl,
    library,
    unsubscribeUrl: unsubscribe.url,
  });
  const confirmation = createEmailConfirmation({
    mails: people.mails,
    signer: createSigner(secret, 'confirmation links'),
    publicUrl,
    campaign,
    words: word,
    get,
    change: changeRecord,
    send: sendMail,
    taken: (supporter, email) => takeEmailAddress(people, supporter, email, new Date(now())),
    now,
  });
  const tellStaff = createTellStaff({
    mails: people.mails,
    signer: createSigner(secret, 'mail to staff'),
    staffEmail: settings.staffEmail,
    words: (key) => word(firstLanguage(), key),
    campaign,
    language: firstLanguage,
    get,
    send: sendMail,
    alert(supporter) {
      log.warn({ code: 'handoff', supporter }, 'alert');
      metrics.countHandoff();
    },
    now,
  });
  const exportLinks = createExportLinks({
    signer: createSigner(secret, 'links to personal data'),
    publicUrl,
    sources: { ...people, others },
    get,
    now,
  });
  const erase = createErasure({
    ...people,
    others,
    write: (supporter, change) => conversation().write(supporter, undefined, change),
    eraseTranscript: transcripts.erase,
    removeMail: mailer.removeTo,
    forget: (supporter, gone) => conversation().forget(supporter, gone),
    owner: options.owner,
    readingMs: LAST_WORD_MS,
    now,
  });
  const merging = createMerging({ ...people, now });
  const joining = createJoining({
    ...people,
    merging,
    signer: createSigner(secret, 'links between channels'),
    linkTo: async (channel, payload) => options.channels.get(channel)?.linkTo?.(payload),
    now,
  });
  const locating = createLocating({
    places: openPlaces(placesFile(), (sentence, error) => log.error({ err: error }, sentence)),
    country: () => library().campaign.country,
    write: (supporter, change) => conversation().write(supporter, undefined, change),
    now,
  });
  const keepFile = createKeepFile({
    files: people.files,
    get,
    async fetch(channel, id, mostBytes) {
      const from = options.channels.get(channel);
      return from?.fetchFile?.(id, mostBytes);
    },
    settled: async (channel, id) => options.channels.get(channel)?.dropFile?.(id),
    now,
  });
  const byCode = createJoinByCode({
    ...people,
    merging,
    signer: createSigner(secret, 'codes by e-mail'),
    campaign,
    words: word,
    send: sendMail,
    forget: (supporter) => conversation().forget(supporter, []),
    async welcome(supporter, key) {
      await conversation().happen(supporter, { type: 'opened', joined: true }, `joined ${key}`);
    },
    report: (error) => log.error({ err: error }, 'code not sent'),
    now,
  });
  return {
    actions: new Map<string, ActionHandler>([
      ['email.confirm', confirmation.ask],
      ['supporter.locate', locating.ask],
      ['privacy.export', exportLinks.ask],
      ['supporter.link', joining.link],
      ['supporter.send_code', byCode.sendCode],
      ['supporter.check_code', byCode.checkCode],
      [JOIN, byCode.join],
      [ERASE, async ({ supporter }) => void (await erase(supporter))],
      ['staff.handoff', tellStaff],
      [KEEP_FILE, keepFile],
      [
        'webhook.call',
        createCallWebhook({
          targets: settings.webhooks,
          secret,
          mayLeave: async (supporter, content) =>
            (await options.guard(supporter))('webhook', content)(),
          now,
        }),
      ],
    ]),
    complete: locating.complete,
    erase,
    merging,
    joining,
    settle: byCode.settle,
    mail: {
      send: sendMail,
      throttle: options.throttle('email', settings.smtpRatePerSecond),
      async reader(address) {
        const record = await readerOf(people, address);
        if (typeof record === 'string') return record;
        const { _id, language } = record;
        const link = await joining.linkFor(_id, 'web', MAILED_LINK_MS);
        const query = `lang=${encodeURIComponent(language)}`;
        return {
          answerUrl: link === undefined ? `${publicUrl}/?${query}` : `${link}&${query}`,
        };
      },
    },
    retention: createRetention({
      ...people,
      transcripts,
      erase,
      conversationsMs: settings.keepConversationsDays * DAY_MS,
      profilesMs: settings.keepProfilesDays * DAY_MS,
      now,
    }),
    pages: {
      confirmation: {
        ...confirmation,
        word: (language, key) => word(language, `confirm_email.${key}`)?.render({}) ?? '',
      },
      privacy: {
        ...exportLinks,
        word: (language, key) =>
          word(language, `privacy.${key}`)?.render({ campaign: campaign() }) ?? '',
      },
      goOn: {
        isGood: joining.isGood,
        word: (language, key) => word(language, `go_on.${key}`)?.render({}) ?? '',
      },
      unsubscribe: {
        ...unsubscribe,
        word: (language, key) =>
          word(language, `unsubscribe.${key}`)?.render({ campaign: campaign() }) ?? '',
      },
    },
  };
}
