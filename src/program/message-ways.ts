import type { Settings } from '../config.js';
import { BOT_FRAMEWORK_BULK_PER_SECOND, channelsOn } from '../open-channels.js';
import type { Ways } from '../outreach/messages/way-for.js';

/** How long after somebody wrote anything may be said to them on WhatsApp; a minute less, for clocks differ. */
const WHATSAPP_WINDOW_MS = 24 * 3_600_000 - 60_000;
/** What web chat takes in a second: each message is one write of the store. */
const WEB_PER_SECOND = 500;
/** A phone's linked device sends at the pace of a person. */
const WHATSAPP_WEB_PER_SECOND = 1;

/** The channels that campaign messages may use, and whom each reaches. */
export function messageWays(settings: Settings): Ways {
  const { whatsapp } = settings;
  // Past its window, WhatsApp lets through only approved templates.
  const isWindowed = whatsapp?.transport === 'cloud' && whatsapp.template === undefined;
  return {
    on: channelsOn(settings),
    windows: new Map(isWindowed ? [['whatsapp', WHATSAPP_WINDOW_MS]] : []),
  };
}

/** How many campaign messages go out in a second, by channel. */
export function messageRates({
  telegram,
  whatsapp,
  smtpRatePerSecond,
}: Settings): ReadonlyMap<string, number> {
  return new Map([
    ['web', WEB_PER_SECOND],
    ['email', smtpRatePerSecond],
    ['botframework', BOT_FRAMEWORK_BULK_PER_SECOND],
    ...(telegram === undefined ? [] : [['telegram', telegram.ratePerSecond] as const]),
    ...(whatsapp === undefined
      ? []
      : [
          [
            'whatsapp',
            whatsapp.transport === 'cloud' ? whatsapp.ratePerSecond : WHATSAPP_WEB_PER_SECOND,
          ] as const,
        ]),
  ]);
}
