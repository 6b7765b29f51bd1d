import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createRate } from '../channels/webchat/rate.js';
import type { Settings } from '../config.js';
import { commonPhrase } from '../engine/common-phrase.js';
import type { Library } from '../engine/flow.js';
import type { Log } from '../log.js';
import type { Route } from '../staff/route.js';
import { createStaff, type Staff } from '../staff/staff.js';
import type { SendMail } from '../supporters/mails.js';
import type { Tables } from './open-tables.js';

/** Times that one account, or one network address, may be tried in a minute. */
const SIGN_INS_A_MINUTE = 10;
/** Calls of one session, token or address in ten seconds; a page makes a handful. */
const CALLS = 300;

export type WireStaffOptions = {
  readonly settings: Settings;
  readonly secret: string;
  readonly tables: Tables;
  library(): Library;
  clientAddress(request: IncomingMessage): string;
  readonly sendMail: SendMail;
  readonly log: Log;
  /** Routes of the domains. */
  readonly routes: readonly Route[];
  now(): number;
};

/** Wires what the staff console works with. */
export function wireStaff(options: WireStaffOptions): Staff {
  const { settings, tables, library, log, now } = options;
  const { people } = tables;
  const signIns = createRate(SIGN_INS_A_MINUTE, 60_000);
  const calls = createRate(CALLS, 10_000);
  const isLimited = settings.rateLimits;
  return createStaff({
    tables: tables.staff,
    secret: options.secret,
    publicUrl: settings.publicUrl,
    campaign() {
      const { name, languages, timezone } = library().campaign;
      return { name, languages, timezone };
    },
    holdOff: (caller) => (isLimited ? calls(caller, now()) : 0),
    holdOffSignIn: (key) => (isLimited ? signIns(key, now()) : 0),
    clientAddress: options.clientAddress,
    async mailLink({ email, name }, kind, url) {
      const { common, campaign } = library();
      const [language = ''] = campaign.languages;
      const say = (key: string): string =>
        commonPhrase(common, campaign.languages, `team.${key}`)?.render({
          campaign: campaign.name,
          link: url,
          name,
        }) ?? campaign.name;
      const result = await options.sendMail({
        id: `staff ${kind} ${url}`,
        kind: 'staff',
        to: email,
        language,
        subject: say(`${kind}_subject`),
        text: say(`${kind}_text`),
        action: { label: say('open'), url },
      });
      if (result.type === 'failed')
        log.warn({ code: result.reason }, 'a mail to staff did not leave');
    },
    identities: async (supporter) => (await people.supporters.get(supporter)) ?? { _id: supporter },
    routes: options.routes,
    consoleDir: join(__dirname, '..', 'console'),
    log,
    now,
  });
}
