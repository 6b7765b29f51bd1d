import { join } from 'node:path';
import type { OpenedChannel } from '../../../src/channels/channel.js';
import { openEmail, type Reader } from '../../../src/channels/email/email.js';
import { ACTIONS } from '../../../src/actions.js';
import { channelWords } from '../../../src/conversation/channel-words.js';
import { createMailer } from '../../../src/mail/mailer.js';
import { createThrottle } from '../../../src/outreach/throttle.js';
import { createSendMail } from '../../../src/program/send-mail.js';
import { compileFolder } from '../../engine/fixture-library.js';
import { startSmtp, type Smtp } from '../../mail/smtp.js';

export const PASSWORD = 'the password of the mail server';
export const ANSWER_URL = 'https://campaign.example/?join=payload&lang=fr';
export const UNSUBSCRIBE_URL = 'https://campaign.example/unsubscribe/token?lang=fr';

const { library } = compileFolder(join(__dirname, '../../../flows'), ACTIONS);

export type RunningEmail = {
  readonly opened: OpenedChannel;
  readonly smtp: Smtp;
  readonly told: readonly string[];
  /** How long everything was told to wait. */
  readonly pauses: readonly number[];
  /** Who reads mail to any address. */
  readonly people: { reader: Reader | 'nobody' | 'silenced' };
  close(): Promise<void>;
};

/** Starts the channel with the sample campaign's words, against a real SMTP server. */
export async function startEmail(): Promise<RunningEmail> {
  const smtp = await startSmtp(PASSWORD);
  const mailer = createMailer({
    smtpUrl: smtp.url,
    from: 'Valbrume en commun <bonjour@valbrume.example>',
    dataDir: '/nowhere',
  });
  const send = createSendMail({
    mailer,
    publicUrl: 'https://campaign.example',
    library: () => library,
    unsubscribeUrl: () => UNSUBSCRIBE_URL,
  });
  const told: string[] = [];
  const pauses: number[] = [];
  const people: RunningEmail['people'] = { reader: { answerUrl: ANSWER_URL } };
  const throttle = createThrottle(1_000);
  const opened = openEmail({
    host: { tell: (_level, sentence) => told.push(sentence) },
    throttle: { run: throttle.run, pause: (ms) => pauses.push(ms) },
    reader: async () => people.reader,
    deliver: (mail, permit) => send({ ...mail, kind: 'campaign', permit }),
    words: (language) => channelWords(library, language),
  });
  return {
    opened,
    smtp,
    told,
    pauses,
    people,
    async close() {
      await opened.close();
      mailer.close();
      await smtp.close();
    },
  };
}
