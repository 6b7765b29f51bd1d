import { z } from 'zod';
import type { ChannelTest, ChannelView, SystemView, WhatsAppView } from '../api.js';
import { ApiRefusal, defineRoute, type Call, type Route } from '../route.js';
import { id, NOTHING } from './inputs.js';

export type ChannelRoutesOptions = {
  /** How every channel does, those that are off too. */
  channels(): Promise<readonly ChannelView[]>;
  system(): Promise<SystemView>;
  /** Sends a test to a member of the team where they are reached. */
  test(channel: string, member: string, language: 'fr' | 'en'): Promise<ChannelTest>;
  whatsapp(): Promise<WhatsAppView>;
  now(): number;
};

/** Somebody who has not asked for so long looks anew. */
const LOOK_MS = 60_000;

const stand = z.enum(['off', 'opening', 'ready', 'failing', 'waiting', 'logged_out']);

const channel = z.object({
  channel: z.string(),
  state: stand,
  how: z.enum(['socket', 'polling', 'webhook', 'web', 'cloud', 'smtp']).exactOptional(),
  reason: z.string().exactOptional(),
  lastInAt: z.string().exactOptional(),
  lastOutAt: z.string().exactOptional(),
  failed: z.number(),
  failedAt: z.string().exactOptional(),
  failedBy: z.string().exactOptional(),
  sent: z.number(),
  perSecond: z.number().exactOptional(),
  waiting: z.number(),
  due: z.number(),
  webhook: z.string().exactOptional(),
});

const running = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.number(),
  role: z.enum(['all', 'web', 'worker']),
  version: z.string(),
  node: z.string(),
  memoryBytes: z.number(),
  startedAt: z.string(),
  at: z.string(),
  isThis: z.boolean(),
});

/** Routes about channels and what they stand on; none tells a secret. */
export function channelRoutes(options: ChannelRoutesOptions): Route[] {
  /** When each last began to look at the code; the page asks for it every few seconds. */
  const looks = new Map<string, number>();
  const isNewLook = ({ caller, at }: Call): boolean => {
    const who = caller.type === 'nobody' ? '' : caller.id;
    const isNew = at.getTime() - (looks.get(who) ?? -Infinity) > LOOK_MS;
    looks.set(who, at.getTime());
    return isNew;
  };

  return [
    defineRoute<'GET /channels'>({
      type: 'json',
      key: 'GET /channels',
      name: 'listChannels',
      summary: 'How every channel does, in all processes together.',
      access: 'channels.read',
      input: NOTHING,
      output: z.object({ items: z.array(channel), at: z.string() }),
      audit: 'nothing',
      handle: async () => ({
        items: [...(await options.channels())],
        at: new Date(options.now()).toISOString(),
      }),
    }),
    defineRoute<'GET /system'>({
      type: 'json',
      key: 'GET /system',
      name: 'readSystem',
      summary: 'Mail, store, gateway, versions and the processes that run.',
      access: 'channels.read',
      input: NOTHING,
      output: z.object({
        version: z.string(),
        publicUrl: z.string(),
        timezone: z.string(),
        store: z.object({
          kind: z.enum(['embedded', 'mongodb']),
          documents: z.number(),
          bytes: z.number(),
        }),
        mail: z.object({ isSent: z.boolean(), from: z.string() }),
        gateway: z.object({
          name: z.string(),
          isTrial: z.boolean(),
          webhook: z.string().exactOptional(),
        }),
        posts: z.array(z.string()),
        processes: z.array(running),
      }),
      audit: 'nothing',
      handle: async () => {
        const { posts, processes, ...system } = await options.system();
        return { ...system, posts: [...posts], processes: [...processes] };
      },
    }),
    defineRoute<'POST /channels/:channel/test'>({
      type: 'json',
      key: 'POST /channels/:channel/test',
      name: 'testChannel',
      summary: 'Sends a test to whoever calls, where they are reached; it counts as nothing.',
      access: 'channels.write',
      input: z.strictObject({ channel: id, language: z.enum(['fr', 'en']) }),
      output: z.discriminatedUnion('type', [
        z.object({ type: z.literal('sent'), isTheirs: z.boolean() }),
        z.object({ type: z.literal('not_there') }),
        z.object({ type: z.literal('failed') }),
        z.object({ type: z.literal('withheld'), until: z.string() }),
      ]),
      audit: ({ channel: about }) => ({ about }),
      async handle({ channel: name, language }, { caller }) {
        if (caller.type !== 'person') {
          throw new ApiRefusal(403, 'forbidden', 'A program has no address to send a test to.');
        }
        const known = await options.channels();
        if (!known.some((one) => one.channel === name && one.state !== 'off')) {
          throw new ApiRefusal(404, 'not_found', 'This channel is not turned on.');
        }
        return options.test(name, caller.id, language);
      },
    }),
    defineRoute<'GET /whatsapp'>({
      type: 'json',
      key: 'GET /whatsapp',
      name: 'readWhatsApp',
      summary:
        'How WhatsApp is linked to its phone, with the code to scan while one waits: whoever scans it is the number of the campaign.',
      access: 'channels.write',
      input: NOTHING,
      output: z.object({
        transport: z.enum(['off', 'web', 'cloud']),
        state: stand,
        reason: z.string().exactOptional(),
        squares: z.array(z.string()).exactOptional(),
        at: z.string().exactOptional(),
      }),
      audit: 'itself',
      async handle(_input, call) {
        const { squares, ...view } = await options.whatsapp();
        if (squares !== undefined && isNewLook(call)) await call.note({ action: 'readWhatsApp' });
        return { ...view, ...(squares === undefined ? {} : { squares: [...squares] }) };
      },
    }),
  ];
}
