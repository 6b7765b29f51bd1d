import type { Activity, TurnContext } from 'botbuilder';
import { callConnector } from './call-connector.js';
import { quietly } from './quietly.js';
import type { Reference } from './read-activity.js';
import type { Written } from './write-activity.js';

/** Who speaks for Azure's Bot Service, and for whom its tokens for bots are. */
const BOT_SERVICE = 'https://api.botframework.com';
const LOGIN = 'https://login.microsoftonline.com/botframework.com';
/** Connectors that are remembered; a network has one for each region or tenant. */
const MOST_CLIENTS = 100;

export type AppCredentials = {
  readonly appId: string;
  readonly password: string;
  /** Absent: the app is not bound to one tenant. */
  readonly tenantId?: string;
};

/** What came of an activity that somebody brought: */
export type Taken =
  /** it was handled; */
  | 'taken'
  /** who brought it is not the Bot Service, or speaks for another bot; */
  | 'refused'
  /** this cannot be told now, for Microsoft's keys cannot be had. */
  | 'keys away';

export type AdapterOptions = AppCredentials & {
  /** How long a connector may take to answer. */
  readonly answerWithinMs: number;
};

/** The part of botbuilder that is used. */
export type BotAdapter = {
  /**
   * Proves by the token who brought an activity, and hands it on. The token says where the connector
   * listens: what an activity says of that without its token saying the same is never believed.
   * Rejects as `handle` does.
   */
  take(
    authorization: string,
    activity: Activity,
    handle: (activity: unknown) => Promise<void>,
  ): Promise<Taken>;
  /** Sends to a conversation and answers the id of what was sent, if the connector says it. */
  send(
    reference: Reference,
    activity: Written | { readonly type: 'typing' },
  ): Promise<string | undefined>;
  /** A token for connectors. Rejects when Microsoft gives none. */
  token(): Promise<string>;
};

/** Makes it; the library is loaded here only, for most do without it. */
export async function createBotAdapter(options: AdapterOptions): Promise<BotAdapter> {
  const {
    CloudAdapter,
    ConfigurationBotFrameworkAuthentication,
    ConfigurationServiceClientCredentialFactory,
  } = await import('botbuilder');
  const { appId, password, tenantId, answerWithinMs } = options;
  const configuration = {
    MicrosoftAppId: appId,
    MicrosoftAppPassword: password,
    ...(tenantId === undefined
      ? { MicrosoftAppType: 'MultiTenant' }
      : { MicrosoftAppType: 'SingleTenant', MicrosoftAppTenantId: tenantId }),
  };
  const credentials = new ConfigurationServiceClientCredentialFactory(configuration);
  type Options = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4];
  type Client = Awaited<
    ReturnType<ReturnType<(typeof authentication)['createConnectorFactory']>['create']>
  >;
  /** The SDK's own transport repeats calls whose answer was cut off, and people would read them twice. */
  const connector: Options = {
    httpClient: {
      async sendRequest(request) {
        const body: unknown = request.body;
        const id = await callConnector({
          url: request.url,
          method: request.method,
          headers: request.headers.rawHeaders(),
          withinMs: answerWithinMs,
          ...(typeof body === 'string' ? { body } : {}),
        });
        const headers = request.headers.clone();
        for (const name of headers.headerNames()) headers.remove(name);
        return { request, headers, status: 200, bodyAsText: JSON.stringify({ id }) };
      },
    },
  };
  const authentication = new ConfigurationBotFrameworkAuthentication(
    configuration,
    credentials,
    undefined,
    undefined,
    connector,
  );
  type Authenticated = Awaited<ReturnType<typeof authentication.authenticateRequest>>;

  class Adapter extends CloudAdapter {
    /** One client for each connector: they cost a pipeline each. */
    private readonly clients = new Map<string, Promise<Client>>();

    /** Runs a turn of somebody who was proven to be the Bot Service. */
    async run(
      proven: Authenticated,
      activity: Activity,
      logic: (context: TurnContext) => Promise<void>,
    ): Promise<void> {
      await this.processActivity(proven, activity, logic);
    }

    client(serviceUrl: string): Promise<Client> {
      const known = this.clients.get(serviceUrl);
      if (known !== undefined) return known;
      const factory = authentication.createConnectorFactory(this.createClaimsIdentity(appId));
      const made = factory.create(serviceUrl, BOT_SERVICE);
      this.clients.set(serviceUrl, made);
      const [oldest] = this.clients.keys();
      if (this.clients.size > MOST_CLIENTS && oldest !== undefined) this.clients.delete(oldest);
      return made;
    }
  }
  const adapter = new Adapter(authentication);

  return {
    async take(authorization, activity, handle) {
      const proven = await quietly(() =>
        authentication.authenticateRequest(activity, authorization),
      ).catch((error: unknown): Taken => (isKeysAway(error) ? 'keys away' : 'refused'));
      if (typeof proven === 'string') return proven;
      const { claimsIdentity: claims } = proven;
      // The SDK lets in what is signed with the app's own password too, and then believes any connector.
      const isBotService =
        claims.getClaimValue('iss') === BOT_SERVICE &&
        claims.getClaimValue('aud') === appId &&
        claims.getClaimValue('serviceurl') === activity.serviceUrl;
      if (!isBotService) return 'refused';
      await adapter.run(proven, activity, (context) => handle(context.activity));
      return 'taken';
    },
    async send(reference, activity) {
      const { serviceUrl, channelId, conversation, bot, user } = reference;
      const client = await adapter.client(serviceUrl);
      const { id } = await client.conversations.sendToConversation(conversation.id, {
        ...activity,
        channelId,
        from: { ...bot, name: '' },
        recipient: { ...user, name: '' },
        conversation: { ...conversation, name: '', isGroup: false, conversationType: 'personal' },
      });
      return id;
    },
    async token() {
      const app = await credentials.createCredentials(appId, BOT_SERVICE, LOGIN, true);
      if (!givesTokens(app)) throw new Error('The credentials give no token.');
      return app.getToken();
    },
  };
}

/** The credentials of an app with a password, which the SDK gives a wider type. */
function givesTokens(value: object): value is { getToken(): Promise<string> } {
  return 'getToken' in value && typeof value.getToken === 'function';
}

/** Whether Microsoft's keys could not be had, so that nobody can be proven now. */
function isKeysAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // node-fetch's own, when nobody answers or not in JSON.
  if (error.name === 'FetchError') return true;
  return 'statusCode' in error && error.statusCode === 500;
}
