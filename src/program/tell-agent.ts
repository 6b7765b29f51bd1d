import { isTrial } from '../donations/checkout/is-trial.js';
import { ANOMALIES, type Anomaly } from '../donations/treasurer/anomalies.js';
import { createAnomalyNotices } from '../donations/treasurer/anomaly-notices.js';
import { writeAmount } from '../donations/page/write-amount.js';
import type { Settings } from '../config.js';
import { commonPhrase } from '../engine/common-phrase.js';
import { currencyOf } from '../engine/currency.js';
import type { Library } from '../engine/flow.js';
import type { SendMail } from '../supporters/mails.js';
import type { Tables } from './open-tables.js';
import type { DonationsParts } from './wire-donations.js';

/** Things told one by one in a mail; the console has the others. */
const MOST_TOLD = 20;

export type TellAgentOptions = {
  readonly settings: Settings;
  readonly tables: Pick<Tables, 'anomalyNotices'>;
  readonly treasurer: Pick<DonationsParts['treasurer'], 'anomalies'>;
  readonly send: SendMail;
  library(): Library;
  now(): number;
};

/**
 * Writes to whoever `agent_email` names about what is new to be looked at among gifts; it names references
 * and amounts, and nobody.
 */
export function tellAgent(options: TellAgentOptions): () => Promise<void> {
  const { settings, tables, treasurer, send, library, now } = options;
  const to = (): string | undefined => library().campaign.donations?.agentEmail;

  function lettersOf(anomalies: readonly Anomaly[]) {
    const { campaign, common } = library();
    const { languages, country, name } = campaign;
    const [language = ''] = languages;
    const say = (key: string, more: { readonly [name: string]: string } = {}): string =>
      commonPhrase(common, languages, `treasurer.${key}`)?.render({ campaign: name, ...more }) ??
      name;
    const lines = ANOMALIES.flatMap((kind) => anomalies.filter((one) => one.kind === kind))
      .slice(0, MOST_TOLD)
      .map(({ kind, cents, donations }) =>
        [
          say(`kinds.${kind}`),
          writeAmount(cents, currencyOf(country), language),
          donations.slice(-3).join(', '),
        ].join(' – '),
      );
    const url = `${settings.publicUrl}/staff/donations/anomalies`;
    const list = lines.join('\n');
    return {
      language,
      subject: say('subject'),
      text: say('text', { count: String(anomalies.length), list, link: url }),
      action: { label: say('open'), url },
    };
  }

  return createAnomalyNotices({
    notices: tables.anomalyNotices,
    look: treasurer.anomalies,
    // What is only tried out is nobody's worry.
    isWanted: () => to() !== undefined && !isTrial(settings.donations.gateway),
    async send(id, anomalies) {
      const address = to();
      if (address === undefined) return 'later';
      const letter = lettersOf(anomalies);
      const result = await send({ id, kind: 'staff', to: address, ...letter });
      if (result.type === 'sent') return 'sent';
      switch (result.reason) {
        case 'unreachable':
        case 'rejected':
          return 'refused';
        case 'in_doubt':
          return 'unknown';
        case 'throttled':
        case 'misconfigured':
          return 'later';
        default:
          return result.reason satisfies never;
      }
    },
    now,
  });
}
