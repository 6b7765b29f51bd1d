/** What the environment says of the Bot Framework, each value checked for itself. */
type BotFrameworkValues = {
  readonly BOT_FRAMEWORK_APP_ID?: string | undefined;
  readonly BOT_FRAMEWORK_APP_PASSWORD?: string | undefined;
  readonly BOT_FRAMEWORK_TENANT_ID?: string | undefined;
};

/** The app that Azure's Bot Service knows us by. */
export type BotFrameworkSettings = {
  readonly appId: string;
  readonly password: string;
  /** Absent: the app is not bound to one tenant. */
  readonly tenantId?: string;
};

/** What an app cannot do without, and where it is found. */
const NEEDS = [
  [
    'BOT_FRAMEWORK_APP_ID',
    'the Microsoft App ID, from Configuration of the bot in the Azure portal',
  ],
  [
    'BOT_FRAMEWORK_APP_PASSWORD',
    'a client secret of that app, from Manage Password > Certificates & secrets',
  ],
] as const;

/** Each name that is missing beside others that are set, with its cure. */
export function botFrameworkFaults(
  values: BotFrameworkValues,
): readonly (readonly [name: string, message: string])[] {
  const isAny = [...NEEDS.map(([name]) => name), 'BOT_FRAMEWORK_TENANT_ID' as const].some(
    (name) => values[name] !== undefined,
  );
  if (!isAny) return [];
  return NEEDS.filter(([name]) => values[name] === undefined).map(([name, what]) => [
    name,
    `must be set with the other BOT_FRAMEWORK_ settings: ${what}`,
  ]);
}

/** Empty when the Bot Framework is off. */
export function readBotFramework(values: BotFrameworkValues): {
  readonly botFramework?: BotFrameworkSettings;
} {
  const {
    BOT_FRAMEWORK_APP_ID: appId,
    BOT_FRAMEWORK_APP_PASSWORD: password,
    BOT_FRAMEWORK_TENANT_ID: tenantId,
  } = values;
  // One without the other was refused above.
  if (appId === undefined || password === undefined) return {};
  return {
    botFramework: { appId, password, ...(tenantId === undefined ? {} : { tenantId }) },
  };
}
