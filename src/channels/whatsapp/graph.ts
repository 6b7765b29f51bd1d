import { z } from 'zod';
import { readAtMost, type ChannelFile } from '../channel.js';
import type { CloudMessage } from './write-cloud.js';

/** The version of the Graph API that is spoken. */
export const GRAPH_VERSION = 'v23.0';
/** How long one call may take; a send that is cut is in doubt. */
const WITHIN_MS = 30_000;
const FILE_WITHIN_MS = 60_000;
/** Where Meta keeps media; the token is sent nowhere else. */
const MEDIA_HOSTS = /(^|\.)(fbsbx\.com|facebook\.com|whatsapp\.net|fbcdn\.net)$/;

/** A call that the Graph API refused. Its message names neither the token nor what was sent. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  constructor(
    readonly status: number,
    /** Absent: the answer was none of the Graph API's own. */
    readonly code: number | undefined,
  ) {
    super(`The Graph API answered ${status}${code === undefined ? '' : `, code ${code}`}.`);
  }
}

/** State of a message template as Meta judged it: `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, … */
export type TemplateState = {
  readonly language: string;
  readonly status: string;
  /** The text of its body, with `{{1}}` for what is filled in. */
  readonly body: string;
};

export type Graph = {
  /** Sends a message and answers its id. */
  send(message: CloudMessage): Promise<string | undefined>;
  /** Shows a message of theirs as read, with the sign that an answer is being written if wished. */
  markRead(messageId: string, isTyping: boolean): Promise<void>;
  /** How our number stands, which also proves the token. */
  phone(): Promise<{ readonly quality: string; readonly limit: string }>;
  templates(accountId: string, name: string): Promise<readonly TemplateState[]>;
  /** Undefined when WhatsApp has it no more. */
  media(id: string, mostBytes: number): Promise<ChannelFile | 'too_large' | undefined>;
};

const refusal = z.object({ error: z.object({ code: z.number() }) });
const sent = z.object({ messages: z.array(z.object({ id: z.string() })).optional() });
const phone = z.object({
  quality_rating: z.string().optional(),
  whatsapp_business_manager_messaging_limit: z.string().optional(),
});
const templateList = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      language: z.string(),
      status: z.string(),
      components: z.array(z.object({ type: z.string(), text: z.string().optional() })).default([]),
    }),
  ),
});
const media = z.object({ url: z.string(), mime_type: z.string().optional() });

/** Speaks to the Graph API for one number of ours. */
export function createGraph(options: {
  readonly apiRoot: string;
  readonly phoneNumberId: string;
  readonly token: string;
}): Graph {
  const { apiRoot, phoneNumberId } = options;
  const authorization = { authorization: `Bearer ${options.token}` };

  async function call(path: string, body?: CloudMessage): Promise<unknown> {
    const response = await fetch(`${apiRoot}/${GRAPH_VERSION}/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers:
        body === undefined
          ? authorization
          : { ...authorization, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(WITHIN_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = asJson(await response.text());
    if (response.ok) return answer;
    throw new GraphError(response.status, refusal.safeParse(answer).data?.error.code);
  }

  const messages = `${encodeURIComponent(phoneNumberId)}/messages`;
  return {
    async send(message) {
      return sent.safeParse(await call(messages, message)).data?.messages?.[0]?.id;
    },
    async markRead(messageId, isTyping) {
      await call(messages, {
        messaging_product: 'whatsapp',
        status: 'read',
        message_id: messageId,
        ...(isTyping ? { typing_indicator: { type: 'text' } } : {}),
      });
    },
    async phone() {
      const fields = 'quality_rating,whatsapp_business_manager_messaging_limit';
      const answer = await call(`${encodeURIComponent(phoneNumberId)}?fields=${fields}`);
      const { data } = phone.safeParse(answer);
      return {
        quality: data?.quality_rating ?? 'unknown',
        limit: data?.whatsapp_business_manager_messaging_limit ?? 'unknown',
      };
    },
    async templates(accountId, name) {
      const query = new URLSearchParams({ name, fields: 'name,language,status,components' });
      const answer = await call(
        `${encodeURIComponent(accountId)}/message_templates?${query.toString()}`,
      );
      // The API also answers names that merely begin alike.
      return (templateList.safeParse(answer).data?.data ?? [])
        .filter((one) => one.name === name)
        .map(({ language, status, components }) => ({
          language,
          status,
          body: components.find(({ type }) => type === 'BODY')?.text ?? '',
        }));
    },
    async media(id, mostBytes) {
      try {
        const { data } = media.safeParse(await call(encodeURIComponent(id)));
        if (data === undefined || !isMediaUrl(data.url, apiRoot)) return undefined;
        const response = await fetch(data.url, {
          headers: authorization,
          signal: AbortSignal.timeout(FILE_WITHIN_MS),
        });
        if (!response.ok) return undefined;
        const contentType =
          data.mime_type ?? response.headers.get('content-type') ?? 'application/octet-stream';
        const bytes = await readAtMost(response, mostBytes);
        return bytes === 'too_large' ? bytes : { bytes, contentType };
      } catch (error) {
        if (error instanceof GraphError && error.status < 500) return undefined;
        throw error;
      }
    },
  };
}

function isMediaUrl(url: string, apiRoot: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (origin === new URL(apiRoot).origin) return true;
  return protocol === 'https:' && MEDIA_HOSTS.test(hostname);
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
