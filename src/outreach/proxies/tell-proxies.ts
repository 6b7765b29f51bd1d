import { Permit } from '../../engine/calendar/permit.js';
import type { Campaign } from '../../engine/campaign.js';
import type { Addresses } from '../../supporters/addresses.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { StartFlow } from '../../supporters/start-flow.js';
import { localBallot } from '../election-day/local-ballot.js';
import { CHANNELS } from '../election-day/plan-reminder.js';
import { latestOn } from '../messages/dispatch/decide-send.js';
import { wayFor, type Ways } from '../messages/way-for.js';
import type { Pairing } from './pair-proxies.js';
import { isPaired, type Proxies, type ProxyNewsRow } from './proxies.js';

/** The flow that tells one thing at a time, and asks what follows from it. */
export const PROXY_NEWS = 'proxy-news';

const MOST = 100;
/** What was begun and not finished is begun again, under the same id. */
const AGAIN_MS = 60_000;
/** How often it is looked whether the team is done with the conversation. */
const TEAM_MS = 600_000;

export type TellOptions = {
  readonly proxies: Proxies;
  readonly pairing: Pick<Pairing, 'release'>;
  readonly addresses: Pick<Addresses, 'ofSupporter'>;
  readonly ways: Ways;
  /** The supporter, or whoever they were merged into since. */
  find(supporter: string): Promise<SupporterRecord | undefined>;
  campaign(): Campaign;
  /** Starts a flow for somebody; with an id, once only. */
  readonly startFlow: StartFlow;
  report(error: unknown): void;
  now(): number;
};

/** Makes what tells people what became of their proxies, each thing once, at an hour they may be written to. */
export function createTelling(options: TellOptions) {
  const { proxies, pairing, ways, campaign, now } = options;
  const { requests, offers, news } = proxies;

  async function move(row: ProxyNewsRow, next: Partial<ProxyNewsRow>): Promise<boolean> {
    const { state, due } = row;
    return news.replaceIf({ state, due }, { ...row, ...next });
  }

  /** Whether what was to be told still holds. */
  async function isStillSo(row: ProxyNewsRow): Promise<boolean> {
    const request = await requests.get(row.request);
    if (request === undefined) return row.kind === 'called_off';
    const offer = request.offer === undefined ? undefined : await offers.get(request.offer);
    switch (row.kind) {
      case 'ask':
        return request.state === 'created' && offer?.supporter === row.supporter;
      case 'found':
        return request.state === 'accepted';
      case 'confirmed':
      case 'remind':
        return request.state === 'confirmed' && offer?.supporter === row.supporter;
      case 'lost':
        return request.state !== 'cancelled' && !isPaired(request);
      case 'called_off':
        return true;
      case 'forward':
        return request.state === 'forwarded';
      default:
        return row.kind satisfies never;
    }
  }

  async function tell(row: ProxyNewsRow): Promise<void> {
    const drop = async (): Promise<void> => void (await move(row, { state: 'dropped' }));
    const record = await options.find(row.supporter);
    if (record === undefined || record.erasing !== undefined) return drop();
    if (!(await isStillSo(row))) return drop();
    // One thing at a time: another is being told just now.
    const ids = identitiesOf(record);
    const since = new Date(now() - AGAIN_MS);
    const others = await news.find({
      supporter: { $in: [...ids] },
      state: { $in: ['starting', 'started'] },
    });
    const isBusy = others.some(
      ({ _id, key, due }) => _id !== row._id && key === undefined && due > since,
    );
    if (isBusy) return void (await move(row, { due: new Date(now() + 5_000) }));
    const local = localBallot(campaign(), record, now());
    if (local === undefined) return drop();
    const way = wayFor(record, { purpose: 'vote', channels: CHANNELS }, ways, now());
    if (way.type === 'none') {
      if (way.reason === 'with_team') {
        return void (await move(row, { due: new Date(now() + TEAM_MS) }));
      }
      await drop();
      // Who cannot be asked cannot help: somebody else is looked for at once.
      const offer = (await requests.get(row.request))?.offer;
      if (row.kind === 'ask' && offer !== undefined) await pairing.release(row.request, [offer]);
      return;
    }
    const leaving = { way: 'message', content: 'neutral', territory: local.territory } as const;
    const permit = Permit.ask(campaign().calendar, leaving, now());
    if (permit.type === 'refused') return void (await move(row, { due: new Date(permit.until) }));
    const places = await options.addresses.ofSupporter(record._id);
    const open = places.filter(({ reachable }) => reachable);
    const reach = way.channels.flatMap((channel) => latestOn(channel, open, record) ?? [])[0];
    if (reach === undefined) return drop();
    const begun = { ...row, state: 'starting', due: new Date(now() + AGAIN_MS) } as const;
    if (!(await move(row, begun))) return;
    const { channel, address } = reach;
    const id = `proxy ${row._id}`;
    const taken = await options.startFlow(record._id, PROXY_NEWS, id, { channel, address });
    // Its flow may have asked for it meanwhile.
    if (taken === 'taken' || taken === 'repeated') {
      await news.set({ _id: row._id, state: 'starting' }, { state: 'started' });
    }
  }

  return {
    /** Tells what is due; answers how many things were looked at. */
    async tellDue(): Promise<number> {
      const due = { state: { $in: ['due', 'starting'] }, due: { $lte: new Date(now()) } };
      const rows = await news.find(due, { sort: { due: 1 }, limit: MOST });
      for (const row of rows) await tell(row).catch((error: unknown) => options.report(error));
      return rows.length;
    },
    /** What the flow that was started for somebody has to tell; the same for the same act. */
    async latest(ids: readonly string[], key: string): Promise<ProxyNewsRow | undefined> {
      const own = { supporter: { $in: [...ids] }, state: { $in: ['starting', 'started'] } };
      const rows = await news.find(own, { sort: { due: -1 } });
      const known = rows.find((row) => row.key === key);
      if (known !== undefined) return known;
      const row = rows.find((one) => one.key === undefined);
      if (row === undefined) return undefined;
      const taken = await news.set({ _id: row._id, key: { $exists: false } }, { key });
      return taken === 1 ? { ...row, key } : undefined;
    },
  };
}
