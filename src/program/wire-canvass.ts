import { createFieldDesk } from '../canvass/field/field-desk.js';
import { forgetDuePlaces } from '../canvass/field/forget-due-places.js';
import { createLinkDesk } from '../canvass/field/link-desk.js';
import { createTellOutings } from '../canvass/field/tell-outings.js';
import { createTellTurfs } from '../canvass/field/tell-turfs.js';
import type { Channel } from '../channels/channel.js';
import type { Settings } from '../config.js';
import type { ActionHandler } from '../conversation/action-handler.js';
import type { Conversation } from '../conversation/conversation.js';
import { commonPhrase } from '../engine/common-phrase.js';
import type { Library } from '../engine/flow.js';
import type { Log } from '../log.js';
import { createSigner } from '../sign.js';
import type { DoorPages } from '../site/server/door-pages.js';
import { addressId } from '../supporters/addresses.js';
import { findCurrent } from '../supporters/find-current.js';
import { identitiesOf } from '../supporters/identities.js';
import type { SupporterRecord } from '../supporters/record.js';
import type { StartFlow } from '../supporters/start-flow.js';
import { createRoleDesk } from '../volunteers/role-desk.js';
import { messageWays } from './message-ways.js';
import type { Tables } from './open-tables.js';
import { reachNow } from './reach-now.js';

/** The flow that tells the leader of a turf that somebody on it needs help. */
const HELP_FLOW = 'canvass-help';

/** The flow for whoever scanned a code at their door. */
const MET_FLOW = 'met';

export type WireCanvassOptions = {
  readonly settings: Settings;
  readonly secret: string;
  readonly channels: ReadonlyMap<string, Pick<Channel, 'linkTo'>>;
  readonly tables: Pick<Tables, 'people' | 'volunteers' | 'canvass'>;
  library(): Library;
  /** The conversation that these serve; asked for when they are used, for it is made with them. */
  conversation(): Pick<Conversation, 'read' | 'happen'>;
  readonly log: Log;
  now(): number;
};

/** Wires what canvassers do by chat. */
export function wireCanvass({
  settings,
  secret,
  channels,
  tables,
  library,
  conversation,
  log,
  now,
}: WireCanvassOptions): {
  readonly actions: ReadonlyMap<string, ActionHandler>;
  /** Tells leaders what outings came to. */
  lookAfter(): Promise<void>;
  readonly pages: DoorPages;
  /** Where somebody is now who shares it live. */
  moved(supporter: string, place: { readonly lat: number; readonly lon: number }): Promise<void>;
  /** The flow that opening a link from a door starts; undefined: it is none. */
  linkStarts(payload: string, channel: string, address: string): Promise<string | undefined>;
} {
  const { supporters, addresses } = tables.people;
  const campaign = () => library().campaign;
  const find = (supporter: string): Promise<SupporterRecord | undefined> =>
    findCurrent(supporter, supporters.table, conversation().read);
  const roles = createRoleDesk({ ...tables.volunteers, find, now });
  const links = createLinkDesk({
    ...tables.canvass,
    signer: createSigner(secret, 'links at doors'),
    now,
  });
  const linkOf = (payload: string): string => `${settings.publicUrl}/door/${payload}`;
  const desk = createFieldDesk({
    ...tables.canvass,
    links,
    codePage: (payload) => `${linkOf(payload)}/code`,
    find,
    async approval(record) {
      const ids = identitiesOf(record);
      if ((await roles.approvedOf(ids)).includes('canvasser')) return 'approved';
      await roles.askFor({ supporter: record._id, ids }, ['canvasser']);
      const rows = await tables.volunteers.roles.find({
        supporter: { $in: [...ids] },
        role: 'canvasser',
      });
      return rows.some(({ state }) => state === 'declined') ? 'declined' : 'asked';
    },
    word(language, key) {
      const languages = [language, campaign().languages[0] ?? ''];
      return commonPhrase(library().common, languages, `canvass.${key}`)?.render({}) ?? key;
    },
    async tellLeader({ leader }, key) {
      const record = leader === undefined ? undefined : await find(leader);
      if (record === undefined || record.erasing !== undefined) return;
      // It pleads for nobody, and somebody may be in danger.
      const about = { purpose: 'service', content: 'neutral' } as const;
      const ways = messageWays(settings);
      const reached = await reachNow(record, about, { addresses, ways, campaign, now });
      if (reached.type !== 'reach') {
        log.warn(
          { leader: record._id },
          'a canvasser called for help, and the leader cannot be reached',
        );
        return;
      }
      const event = { type: 'started', flow: HELP_FLOW } as const;
      await conversation().happen(record._id, event, `help ${key}`, reached.reach);
    },
    now,
  });
  const mayTell = (record: SupporterRecord, purpose: 'service' | 'canvassing') =>
    reachNow(
      record,
      { purpose, content: 'neutral' },
      { addresses, ways: messageWays(settings), campaign, now },
    );
  const startFlow: StartFlow = (supporter, flow, id, reach) =>
    conversation().happen(supporter, { type: 'started', flow }, id, reach);
  const telling = createTellOutings({
    ...tables.canvass,
    find,
    // Figures plead for nobody.
    mayTell: (record) => mayTell(record, 'service'),
    startFlow,
    report: (error) => log.error({ err: error }, 'news of an outing'),
    now,
  });
  const tellingTurfs = createTellTurfs({
    ...tables.canvass,
    find,
    mayTell: (record) => mayTell(record, 'canvassing'),
    startFlow,
    report: (error) => log.error({ err: error }, 'news of a turf'),
    now,
  });
  return {
    async lookAfter() {
      await telling.tellDue();
      await tellingTurfs.tellDue();
      await forgetDuePlaces(tables.canvass.turfs, now());
    },
    pages: {
      isGood: links.isGood,
      linkOf,
      telegramLink: async (payload) => channels.get('telegram')?.linkTo?.(payload),
    },
    moved: desk.moved,
    linkStarts: async (payload, channel, address) =>
      (await links.open(payload, addressId(channel, address))) ? MET_FLOW : undefined,
    actions: new Map<string, ActionHandler>([
      ['canvass.take_turf', desk.takeTurf],
      ['canvass.next_door', desk.nextDoor],
      ['canvass.report', desk.report],
      ['canvass.read', desk.read],
      ['canvass.report_many', desk.reportMany],
      ['canvass.note', desk.note],
      ['canvass.skip', desk.skip],
      ['canvass.invite', desk.invite],
      ['canvass.undo', desk.undo],
      ['canvass.pause', desk.pause],
      ['canvass.summary', desk.summary],
      ['canvass.call_help', desk.callHelp],
      ['canvass.help_called', desk.helpCalled],
      ['canvass.outing_news', telling.outingNews],
      ['canvass.turf_news', tellingTurfs.turfNews],
    ]),
  };
}
