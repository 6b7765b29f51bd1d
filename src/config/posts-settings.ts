/** What the environment says of public posts, each value checked for itself. */
type PostsValues = {
  readonly TELEGRAM_BOT_TOKEN?: string | undefined;
  readonly TELEGRAM_CHANNEL?: string | undefined;
  readonly X_API_ROOT: string;
  readonly X_API_KEY?: string | undefined;
  readonly X_API_SECRET?: string | undefined;
  readonly X_ACCESS_TOKEN?: string | undefined;
  readonly X_ACCESS_SECRET?: string | undefined;
  readonly MASTODON_URL?: string | undefined;
  readonly MASTODON_ACCESS_TOKEN?: string | undefined;
  readonly BLUESKY_SERVICE: string;
  readonly BLUESKY_HANDLE?: string | undefined;
  readonly BLUESKY_APP_PASSWORD?: string | undefined;
};

/** The accounts that post for the campaign; each absent one is off. */
export type PostsSettings = {
  /** `@name` or the number of a channel in which the bot is an administrator. */
  readonly telegramChannel?: string;
  readonly x?: {
    readonly apiRoot: string;
    readonly apiKey: string;
    readonly apiSecret: string;
    readonly token: string;
    readonly tokenSecret: string;
  };
  readonly mastodon?: { readonly url: string; readonly token: string };
  readonly bluesky?: {
    readonly service: string;
    readonly handle: string;
    readonly password: string;
  };
};

/** The settings that turn each network on. */
export const NETWORK_SETTINGS = {
  telegram: ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_CHANNEL'],
  x: ['X_API_KEY', 'X_API_SECRET', 'X_ACCESS_TOKEN', 'X_ACCESS_SECRET'],
  mastodon: ['MASTODON_URL', 'MASTODON_ACCESS_TOKEN'],
  bluesky: ['BLUESKY_HANDLE', 'BLUESKY_APP_PASSWORD'],
} as const;

/** What belongs together, and where it is found. */
const TOGETHER = [
  [
    ['X_API_KEY', 'the API key of the app, from Keys and tokens in X’s developer portal'],
    ['X_API_SECRET', 'the API key secret of the app, shown once beside the key'],
    ['X_ACCESS_TOKEN', 'an access token of the account, made with Read and Write permission'],
    ['X_ACCESS_SECRET', 'the access token secret, shown once beside the token'],
  ],
  [
    ['MASTODON_URL', 'the address of the instance, such as https://mastodon.social'],
    [
      'MASTODON_ACCESS_TOKEN',
      'a token with write, from Preferences > Development > New application',
    ],
  ],
  [
    ['BLUESKY_HANDLE', 'the account, such as valbrume.bsky.social'],
    ['BLUESKY_APP_PASSWORD', 'an app password, from Settings > Privacy and security'],
  ],
] as const;

/** Each name that is missing beside others that are set, with its cure. */
export function postsFaults(
  values: PostsValues,
): readonly (readonly [name: string, message: string])[] {
  const halves = TOGETHER.flatMap((group) => {
    const missing = group.filter(([name]) => values[name] === undefined);
    if (missing.length === group.length) return [];
    const names = group.map(([name]) => name).join(', ');
    return missing.map(([name, what]) => [name, `${names} are set together: ${what}`] as const);
  });
  const isAlone = values.TELEGRAM_CHANNEL !== undefined && values.TELEGRAM_BOT_TOKEN === undefined;
  const alone = [
    'TELEGRAM_BOT_TOKEN',
    'must be set with TELEGRAM_CHANNEL: the token of a bot that is an administrator there',
  ] as const;
  return isAlone ? [...halves, alone] : halves;
}

/** The accounts that are set. */
export function readPosts(values: PostsValues): { readonly posts: PostsSettings } {
  const { X_API_KEY: apiKey, X_API_SECRET: apiSecret } = values;
  const { X_ACCESS_TOKEN: token, X_ACCESS_SECRET: tokenSecret } = values;
  const { MASTODON_URL: url, MASTODON_ACCESS_TOKEN: mastodonToken } = values;
  const { BLUESKY_HANDLE: handle, BLUESKY_APP_PASSWORD: password } = values;
  const { TELEGRAM_CHANNEL: telegramChannel } = values;
  const plain = (address: string): string => address.replace(/\/+$/, '');
  // One without the others was refused before.
  const hasX = apiKey !== undefined && apiSecret !== undefined;
  return {
    posts: {
      ...(telegramChannel === undefined ? {} : { telegramChannel }),
      ...(!hasX || token === undefined || tokenSecret === undefined
        ? {}
        : { x: { apiRoot: plain(values.X_API_ROOT), apiKey, apiSecret, token, tokenSecret } }),
      ...(url === undefined || mastodonToken === undefined
        ? {}
        : { mastodon: { url: plain(url), token: mastodonToken } }),
      ...(handle === undefined || password === undefined
        ? {}
        : { bluesky: { service: plain(values.BLUESKY_SERVICE), handle, password } }),
    },
  };
}
