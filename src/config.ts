import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import {
  botFrameworkFaults,
  readBotFramework,
  type BotFrameworkSettings,
} from './config/botframework-settings.js';
import {
  donationsFaults,
  readDonationsSettings,
  type DonationsSettings,
} from './config/donations-settings.js';
import { postsFaults, readPosts, type PostsSettings } from './config/posts-settings.js';
import {
  readWhatsApp,
  WHATSAPP_POLICY,
  whatsappFaults,
  type WhatsAppSettings,
} from './config/whatsapp-settings.js';

const onOff = z.enum(['on', 'off'], { error: 'must be "on" or "off"' });
const url = z.url({
  protocol: /^https?$/,
  error: 'must be a web address such as https://example.org',
});

/** How long something is kept: a whole number of days, that many or more. */
function days(fewest: number, usual: number) {
  const error = `must be a whole number of days, ${fewest} or more`;
  return z.coerce.number({ error }).int(error).min(fewest, error).default(usual);
}
const guid = z
  .string()
  .regex(
    /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i,
    'must be the id that Azure shows: 00000000-0000-…',
  )
  .transform((id) => id.toLowerCase());
/** How many messages in any second; what networks allow at the most is 1,000. */
function perSecond(usual: number) {
  return z.coerce
    .number({ error: 'must be a number from 1 to 1000' })
    .int('must be a whole number')
    .min(1, 'must be 1 or more')
    .max(1_000, 'must be at most 1000')
    .default(usual);
}
const token = z.string().regex(/^\S{8,}$/, 'must be the value as the network shows it');
const digits = z.string().regex(/^\d{5,25}$/, 'must be the number that Meta’s app dashboard shows');

const schema = z
  .object({
    PORT: z.coerce
      .number({ error: 'must be a number from 0 to 65535' })
      .int('must be a whole number')
      .min(0, 'must be 0 or more')
      .max(65_535, 'must be at most 65535')
      .default(3000),
    HOST: z.string().default('127.0.0.1'),
    PUBLIC_URL: url.optional(),
    DATA_DIR: z.string().default('./data'),
    MONGODB_URI: z
      .string()
      .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://')
      .optional(),
    FLOWS_DIR: z.string().default('./flows'),
    LOCALES_DIR: z.string().optional(),
    FLOWS_WATCH: onOff.default('on'),
    SECRET_KEY: z.string().min(32, 'must have 32 characters or more').optional(),
    SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')
      .optional(),
    MAIL_FROM: z.string().optional(),
    SMTP_RATE_PER_SECOND: z.coerce
      .number({ error: 'must be a number from 1 to 1000' })
      .int('must be a whole number')
      .min(1, 'must be 1 or more')
      .max(1_000, 'must be at most 1000')
      .default(10),
    STAFF_EMAIL: z.email('must be one e-mail address').optional(),
    WEBHOOKS: z.string().default('').transform(readWebhooks),
    TELEGRAM_BOT_TOKEN: z
      .string()
      .regex(/^\d+:[\w-]{30,}$/, 'must be the token that @BotFather gave, such as 123456:ABC…')
      .optional(),
    TELEGRAM_API_ROOT: url.default('https://api.telegram.org'),
    TELEGRAM_MODE: z
      .enum(['polling', 'webhook'], { error: 'must be "polling" or "webhook"' })
      .default('polling'),
    TELEGRAM_WEBHOOK_SECRET: z
      .string()
      .regex(/^[\w-]{16,256}$/, 'must be 16 to 256 letters, digits, - or _')
      .optional(),
    TELEGRAM_RATE_PER_SECOND: perSecond(30),
    TELEGRAM_CHANNEL: z
      .string()
      .regex(/^(@\w{4,}|-100\d+)$/, 'must be @name of a public channel, or its number -100…')
      .optional(),
    X_API_ROOT: url.default('https://api.x.com'),
    X_API_KEY: token.optional(),
    X_API_SECRET: token.optional(),
    X_ACCESS_TOKEN: token.optional(),
    X_ACCESS_SECRET: token.optional(),
    MASTODON_URL: url.optional(),
    MASTODON_ACCESS_TOKEN: token.optional(),
    BLUESKY_SERVICE: url.default('https://bsky.social'),
    BLUESKY_HANDLE: z
      .string()
      .regex(/^[\w-]+(\.[\w-]+)+$/, 'must be the account without @, such as name.bsky.social')
      .optional(),
    BLUESKY_APP_PASSWORD: token.optional(),
    KEEP_CONVERSATIONS_DAYS: days(60, 365),
    KEEP_PROFILES_DAYS: days(60, 1_095),
    WHATSAPP_TRANSPORT: z
      .enum(['off', 'web', 'cloud'], { error: 'must be "off", "web" or "cloud"' })
      .default('off'),
    CHROMIUM_PATH: z.string().optional(),
    WHATSAPP_I_ACCEPT_THE_POLICY: z.literal('yes', { error: WHATSAPP_POLICY }).optional(),
    WHATSAPP_API_ROOT: url.default('https://graph.facebook.com'),
    WHATSAPP_PHONE_NUMBER_ID: digits.optional(),
    WHATSAPP_ACCESS_TOKEN: z
      .string()
      .regex(/^\S{20,}$/, 'must be the token as Meta shows it')
      .optional(),
    WHATSAPP_APP_SECRET: z
      .string()
      .regex(/^\S{16,}$/, 'must be the secret as Meta shows it')
      .optional(),
    WHATSAPP_VERIFY_TOKEN: z.string().min(8, 'must have 8 characters or more').optional(),
    WHATSAPP_BUSINESS_ACCOUNT_ID: digits.optional(),
    WHATSAPP_TEMPLATE: z
      .string()
      .regex(/^[a-z\d_]{1,512}$/, 'must be the name of a template: small letters, digits and _')
      .optional(),
    WHATSAPP_RATE_PER_SECOND: perSecond(80),
    BOT_FRAMEWORK_APP_ID: guid.optional(),
    BOT_FRAMEWORK_APP_PASSWORD: z
      .string()
      .regex(/^\S{16,}$/, 'must be the value of a client secret, as Azure shows it once')
      .optional(),
    BOT_FRAMEWORK_TENANT_ID: guid.optional(),
    DONATION_GATEWAY: z
      .enum(['sandbox', 'stripe'], { error: 'must be "sandbox" or "stripe"' })
      .default('sandbox'),
    STRIPE_SECRET_KEY: z
      .string()
      .regex(/^(sk|rk)_\S{8,}$/, 'must be the key as Stripe shows it: sk_… or rk_…')
      .optional(),
    STRIPE_WEBHOOK_SECRET: z
      .string()
      .regex(/^whsec_\S{8,}$/, 'must be the signing secret as Stripe shows it: whsec_…')
      .optional(),
    STRIPE_API_ROOT: url.optional(),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'must be one of fatal, error, warn, info, debug, trace, silent',
      })
      .default('info'),
    RATE_LIMITS: onOff.default('on'),
    TRUSTED_PROXIES: z.string().default(''),
    ROLE: z
      .enum(['all', 'web', 'worker'], { error: 'must be "all", "web" or "worker"' })
      .default('all'),
  })
  .refine((values) => values.SMTP_URL === undefined || values.MAIL_FROM !== undefined, {
    path: ['MAIL_FROM'],
    error:
      'must be set with SMTP_URL: the address supporters see, e.g. "Campaign <hello@example.org>"',
    // Told together with the other faults, not only once they are mended.
    when: () => true,
  })
  .superRefine(
    (values, context) => {
      for (const [name, message] of [
        ...whatsappFaults(values),
        ...botFrameworkFaults(values),
        ...postsFaults(values),
        ...donationsFaults(values),
      ]) {
        context.addIssue({ code: 'custom', path: [name], message });
      }
    },
    { when: () => true },
  );

/** Reads `name=https://…,other=https://…`; what staff call by name is set here and nowhere else. */
function readWebhooks(text: string, context: z.RefinementCtx): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const [, name, address] = /^([a-z][\w-]*)=(\S+)$/.exec(part) ?? [];
    if (name === undefined || address === undefined || !isSafeTarget(address)) {
      context.addIssue(
        'must be name=https://… for each webhook, between commas, without a password in it; http:// only for this very machine',
      );
    } else if (targets.has(name)) {
      context.addIssue(`names "${name}" twice; give each webhook a name of its own`);
    } else {
      targets.set(name, address);
    }
  }
  return targets;
}

/** Over TLS, or to a program on this machine; a name and password in the address cannot be sent. */
function isSafeTarget(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback);
}

/** What the operator set, with defaults filled in and paths made absolute. */
export type Settings = {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly mongodbUri?: string;
  readonly flowsDir: string;
  readonly localesDir: string;
  /** Whether `LOCALES_DIR` was set; otherwise a command given a folder of flows looks beside it. */
  readonly localesGiven: boolean;
  readonly flowsWatch: boolean;
  readonly secretKey?: string;
  /** Absent: mail is written to `dataDir/mail`. */
  readonly smtpUrl?: string;
  readonly mailFrom: string;
  /** Bulk mails in any second. */
  readonly smtpRatePerSecond: number;
  /** Who is told by mail that somebody waits for a person; absent: nobody. */
  readonly staffEmail?: string;
  /** Addresses that `webhook.call` may call, by name. */
  readonly webhooks: ReadonlyMap<string, string>;
  /** Absent: Telegram is off. */
  readonly telegram?: {
    readonly token: string;
    readonly apiRoot: string;
    readonly mode: 'polling' | 'webhook';
    /** Absent: derived from the program's own secret. */
    readonly webhookSecret?: string;
    /** Bulk messages in any second, all chats together. */
    readonly ratePerSecond: number;
  };
  /** How long conversations are kept, and profiles after somebody was last heard of; in days. */
  readonly keepConversationsDays: number;
  readonly keepProfilesDays: number;
  /** The browser of WhatsApp Web; absent: one is looked for on this machine. */
  readonly chromiumPath?: string;
  /** Absent: WhatsApp is off. */
  readonly whatsapp?: WhatsAppSettings;
  /** Absent: Azure's Bot Service is not let in. */
  readonly botFramework?: BotFrameworkSettings;
  /** Where public posts are made. */
  readonly posts: PostsSettings;
  readonly donations: DonationsSettings;
  readonly logLevel: z.infer<typeof schema>['LOG_LEVEL'];
  readonly rateLimits: boolean;
  /** Addresses or networks (`10.0.0.0/8`) whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly role: 'all' | 'web' | 'worker';
};

/** Every fault of the settings at once; never shows a value, for it may be a secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(readonly faults: readonly string[]) {
    super(
      `The settings have ${faults.length} fault(s):\n${faults.map((f) => `  ${f}`).join('\n')}`,
    );
  }
}

/**
 * Reads the settings from the environment and from `.env` in `directory`; the environment wins and
 * an empty value counts as absent. Throws `SettingsError` with all faults and their cures.
 */
export function readSettings(
  environment: NodeJS.ProcessEnv = process.env,
  directory = process.cwd(),
): Settings {
  const file = resolve(directory, '.env');
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const given = Object.fromEntries(
    Object.entries({ ...written, ...environment }).filter(([, value]) => value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new SettingsError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    );
  }
  const values = parsed.data;
  const host = values.HOST.includes(':') ? `[${values.HOST}]` : values.HOST;
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: (values.PUBLIC_URL ?? `http://${host}:${values.PORT}`).replace(/\/+$/, ''),
    dataDir: resolve(directory, values.DATA_DIR),
    ...(values.MONGODB_URI === undefined ? {} : { mongodbUri: values.MONGODB_URI }),
    flowsDir: resolve(directory, values.FLOWS_DIR),
    localesDir: resolve(directory, values.LOCALES_DIR ?? './locales'),
    localesGiven: values.LOCALES_DIR !== undefined,
    flowsWatch: values.FLOWS_WATCH === 'on',
    ...(values.SECRET_KEY === undefined ? {} : { secretKey: values.SECRET_KEY }),
    ...(values.SMTP_URL === undefined ? {} : { smtpUrl: values.SMTP_URL }),
    smtpRatePerSecond: values.SMTP_RATE_PER_SECOND,
    mailFrom: values.MAIL_FROM ?? 'Portevoix <portevoix@localhost>',
    ...(values.STAFF_EMAIL === undefined ? {} : { staffEmail: values.STAFF_EMAIL }),
    webhooks: values.WEBHOOKS,
    ...(values.TELEGRAM_BOT_TOKEN === undefined
      ? {}
      : {
          telegram: {
            token: values.TELEGRAM_BOT_TOKEN,
            apiRoot: values.TELEGRAM_API_ROOT.replace(/\/+$/, ''),
            mode: values.TELEGRAM_MODE,
            ...(values.TELEGRAM_WEBHOOK_SECRET === undefined
              ? {}
              : { webhookSecret: values.TELEGRAM_WEBHOOK_SECRET }),
            ratePerSecond: values.TELEGRAM_RATE_PER_SECOND,
          },
        }),
    keepConversationsDays: values.KEEP_CONVERSATIONS_DAYS,
    keepProfilesDays: values.KEEP_PROFILES_DAYS,
    ...(values.CHROMIUM_PATH === undefined
      ? {}
      : { chromiumPath: resolve(directory, values.CHROMIUM_PATH) }),
    ...readWhatsApp(values),
    ...readBotFramework(values),
    ...readPosts(values),
    ...readDonationsSettings(values),
    logLevel: values.LOG_LEVEL,
    rateLimits: values.RATE_LIMITS === 'on',
    trustedProxies: values.TRUSTED_PROXIES.split(',')
      .map((proxy) => proxy.trim())
      .filter((proxy) => proxy !== ''),
    role: values.ROLE,
  };
}
