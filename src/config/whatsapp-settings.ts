import type { CloudAccount } from '../channels/whatsapp/cloud-account.js';

/** What the environment says of WhatsApp, each value checked for itself. */
type WhatsAppValues = {
  readonly WHATSAPP_TRANSPORT: 'off' | 'web' | 'cloud';
  readonly WHATSAPP_I_ACCEPT_THE_POLICY?: string | undefined;
  readonly WHATSAPP_API_ROOT: string;
  readonly WHATSAPP_PHONE_NUMBER_ID?: string | undefined;
  readonly WHATSAPP_ACCESS_TOKEN?: string | undefined;
  readonly WHATSAPP_APP_SECRET?: string | undefined;
  readonly WHATSAPP_VERIFY_TOKEN?: string | undefined;
  readonly WHATSAPP_BUSINESS_ACCOUNT_ID?: string | undefined;
  readonly WHATSAPP_TEMPLATE?: string | undefined;
  readonly WHATSAPP_RATE_PER_SECOND: number;
};

/** How WhatsApp is reached. */
export type WhatsAppSettings = CloudSettings | { readonly transport: 'web' };

type CloudSettings = CloudAccount & {
  readonly transport: 'cloud';
  /** Messages in any second that bulk messages may make it, replies counted in. */
  readonly ratePerSecond: number;
};

/** Why WhatsApp has to be asked for twice. */
export const WHATSAPP_POLICY =
  'must be "yes" to turn WhatsApp on. Meta’s policy for businesses on WhatsApp forbids its use by political parties, politicians, candidates and campaigns, and numbers have been closed days before an election. Only those whom the policy lets in, such as an eligible civic association, may say yes; read https://business.whatsapp.com/policy first';

/** What the Cloud API cannot do without, and where it is found. */
const CLOUD_NEEDS = [
  [
    'WHATSAPP_PHONE_NUMBER_ID',
    'the id of the number, from WhatsApp > API Setup in Meta’s app dashboard',
  ],
  ['WHATSAPP_ACCESS_TOKEN', 'a permanent token of a system user that may send with the number'],
  [
    'WHATSAPP_APP_SECRET',
    'the app’s secret, from App settings > Basic, by which webhooks are signed',
  ],
  [
    'WHATSAPP_VERIFY_TOKEN',
    'words of your choice, which you also give Meta with the webhook’s address',
  ],
] as const;

/** Each name that is wrong about WhatsApp, with its cure. */
export function whatsappFaults(
  values: WhatsAppValues,
): readonly (readonly [name: string, message: string])[] {
  const { WHATSAPP_TRANSPORT: transport } = values;
  // Also asked with values that were refused for themselves.
  if (transport !== 'web' && transport !== 'cloud') return [];
  const policy: [string, string][] =
    values.WHATSAPP_I_ACCEPT_THE_POLICY !== undefined
      ? []
      : [['WHATSAPP_I_ACCEPT_THE_POLICY', WHATSAPP_POLICY]];
  if (transport === 'web') return policy;
  const missing = CLOUD_NEEDS.filter(([name]) => values[name] === undefined).map(
    ([name, what]): [string, string] => [
      name,
      `must be set with WHATSAPP_TRANSPORT=cloud: ${what}`,
    ],
  );
  const isHalf =
    (values.WHATSAPP_TEMPLATE === undefined) !==
    (values.WHATSAPP_BUSINESS_ACCOUNT_ID === undefined);
  const half: [string, string][] = isHalf
    ? [
        [
          values.WHATSAPP_TEMPLATE === undefined
            ? 'WHATSAPP_TEMPLATE'
            : 'WHATSAPP_BUSINESS_ACCOUNT_ID',
          'WHATSAPP_TEMPLATE and WHATSAPP_BUSINESS_ACCOUNT_ID must be set together, or neither',
        ],
      ]
    : [];
  return [...policy, ...missing, ...half];
}

/** Empty when WhatsApp is off. */
export function readWhatsApp(values: WhatsAppValues): { readonly whatsapp?: WhatsAppSettings } {
  const {
    WHATSAPP_PHONE_NUMBER_ID: phoneNumberId,
    WHATSAPP_ACCESS_TOKEN: token,
    WHATSAPP_APP_SECRET: appSecret,
    WHATSAPP_VERIFY_TOKEN: verifyToken,
    WHATSAPP_TEMPLATE: name,
    WHATSAPP_BUSINESS_ACCOUNT_ID: accountId,
  } = values;
  // What is missing with the Cloud API was refused above.
  const isWhole =
    phoneNumberId !== undefined &&
    token !== undefined &&
    appSecret !== undefined &&
    verifyToken !== undefined;
  if (values.WHATSAPP_TRANSPORT === 'web') return { whatsapp: { transport: 'web' } };
  if (values.WHATSAPP_TRANSPORT === 'off' || !isWhole) return {};
  return {
    whatsapp: {
      transport: 'cloud',
      apiRoot: values.WHATSAPP_API_ROOT.replace(/\/+$/, ''),
      phoneNumberId,
      token,
      appSecret,
      verifyToken,
      ...(name === undefined || accountId === undefined ? {} : { template: { accountId, name } }),
      ratePerSecond: values.WHATSAPP_RATE_PER_SECOND,
    },
  };
}
