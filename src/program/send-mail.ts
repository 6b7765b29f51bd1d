import { commonPhrase } from '../engine/common-phrase.js';
import type { Library } from '../engine/flow.js';
import type { Mailer } from '../mail/mailer.js';
import { renderMail, type MailContent } from '../mail/render-mail.js';
import type { Mail, SendMail } from '../supporters/mails.js';

export type SendMailOptions = {
  readonly mailer: Pick<Mailer, 'send'>;
  readonly publicUrl: string;
  library(): Library;
  /** What silences e-mail to an address. */
  unsubscribeUrl(address: string, language: string): string;
};

/**
 * Puts around every mail what belongs there, in its language: the campaign's look, that answers are not
 * read and where they are, and, where people agreed to it, why they get it and how to get no more.
 */
export function createSendMail(options: SendMailOptions): SendMail {
  const { mailer, publicUrl, library } = options;

  function notesOf({ kind, language, action }: Mail, unsubscribeUrl: string): MailContent['notes'] {
    const { common, campaign } = library();
    const [first = ''] = campaign.languages;
    const say = (key: string): string =>
      commonPhrase(common, [language, first], `mail.${key}`)?.render({ campaign: campaign.name }) ??
      campaign.name;
    const open = { label: say('open'), url: `${publicUrl}/?lang=${encodeURIComponent(language)}` };
    const imprint = campaign.site.notice?.[language] ?? campaign.site.notice?.[first];
    switch (kind) {
      case 'staff':
        return [];
      case 'asked_for':
        return [say('not_read'), open];
      case 'campaign':
        return [
          say('not_read'),
          // The button leads there already.
          ...(action === undefined ? [open] : []),
          say('why'),
          { label: say('unsubscribe'), url: unsubscribeUrl },
          ...(imprint === undefined ? [] : [imprint]),
        ];
      default:
        return kind satisfies never;
    }
  }

  return async (mail) => {
    const { id, to, subject, text, action, language, kind } = mail;
    const { name, site } = library().campaign;
    const unsubscribeUrl = options.unsubscribeUrl(to, language);
    const rendered = renderMail(
      { campaign: name, colours: site.colours, language },
      {
        subject,
        text,
        ...(action === undefined ? {} : { action }),
        notes: notesOf(mail, unsubscribeUrl),
      },
    );
    return mailer.send({
      id,
      to,
      subject,
      ...rendered,
      ...(kind === 'campaign' ? { unsubscribeUrl } : {}),
    });
  };
}
