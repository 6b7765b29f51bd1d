import { nextBallot } from '../../engine/calendar/permit.js';
import type { Campaign } from '../../engine/campaign.js';
import type { Json } from '../../engine/json.js';
import { isGiven } from '../../supporters/consents-in-force.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { Asked, Given } from '../election-day/election-day.js';
import { localBallot } from '../election-day/local-ballot.js';
import { remindAt } from '../election-day/remind-at.js';
import { roundId } from '../election-day/vote-plans.js';
import type { Pairing } from './pair-proxies.js';
import type { Proxies, ProxyNewsRow, ProxyOfferRow, ProxyRequestRow } from './proxies.js';
import { proxyPlace } from './proxy-place.js';

const DAY_MS = 86_400_000;
/** So long somebody is looked for before the team is told, or until so long before the ballot. */
const FORWARD_AFTER_MS = 3 * DAY_MS;
const FORWARD_BEFORE_MS = 3 * DAY_MS;
const MOST = 200;
const ABROAD: readonly (string | undefined)[] = ['abroad', 'abroad-americas'];

export type ProxyDeskOptions = {
  readonly proxies: Proxies;
  readonly pairing: Pairing;
  readonly telling: {
    latest(ids: readonly string[], key: string): Promise<ProxyNewsRow | undefined>;
  };
  /** The supporter, or whoever they were merged into since. */
  find(supporter: string): Promise<SupporterRecord | undefined>;
  campaign(): Campaign;
  report(error: unknown): void;
  now(): number;
};

type Local = {
  readonly record: SupporterRecord;
  readonly ids: readonly string[];
  readonly round: 1 | 2;
  readonly territory: string | undefined;
};

/** What flows ask about voting by proxy; each may be repeated under its key, and throws when it cannot be done. */
export function createProxyDesk(options: ProxyDeskOptions) {
  const { proxies, pairing, campaign, now } = options;
  const { requests, offers } = proxies;

  async function find(supporter: string): Promise<Local> {
    const record = await options.find(supporter);
    if (record === undefined) throw new Error('There is no such supporter.');
    const local = localBallot(campaign(), record, now());
    if (local === undefined) throw new Error('There is no ballot to come.');
    const { territory } = local;
    return { record, ids: identitiesOf(record), round: local.ballot.round, territory };
  }

  async function agreed(supporter: string): Promise<Local> {
    const local = await find(supporter);
    if (!isGiven(local.record.consents, 'vote')) throw new Error('Nobody agreed to it.');
    return local;
  }

  async function requestOf({ ids, round }: Local): Promise<ProxyRequestRow | undefined> {
    const _id = { $in: ids.map((id) => roundId(round, id)) };
    const rows = await requests.find({ _id });
    return rows.find(({ state }) => state !== 'cancelled') ?? rows[0];
  }

  const offersOf = ({ ids, round }: Local): Promise<ProxyOfferRow[]> =>
    offers.find({ _id: { $in: ids.map((id) => roundId(round, id)) } });

  /** What somebody told of the other of the two, once both agreed. */
  async function firstName(supporter: string | undefined): Promise<string | undefined> {
    const record = supporter === undefined ? undefined : await options.find(supporter);
    return record?.first_name;
  }

  async function remindVolunteer(supporter: string): Promise<number | undefined> {
    const record = await options.find(supporter);
    const local = record === undefined ? undefined : localBallot(campaign(), record, now());
    return local === undefined ? undefined : remindAt(campaign(), local, now());
  }

  return {
    /** `proxy.request`: keeps that somebody cannot go, and asks a volunteer if there is one. */
    async request({ supporter, key, with: asked }: Asked): Promise<Given> {
      const local = await agreed(supporter);
      const { record, round, territory } = local;
      const old = await requestOf(local);
      const at = new Date(now());
      const made: ProxyRequestRow = {
        _id: old?._id ?? roundId(round, record._id),
        revision: (old?.revision ?? 0) + 1,
        supporter: old?.supporter ?? record._id,
        round,
        state: 'created',
        place: proxyPlace(record, asked['postal_code']),
        abroad: ABROAD.includes(territory),
        tried: [],
        looking_since: at,
        key,
        at,
      };
      if (old === undefined) await requests.insert(made);
      // One that is under way goes on as it is.
      else if (old.state === 'cancelled' && old.key !== key) {
        await requests.replaceIf({ revision: old.revision }, made);
      }
      return { matched: await pairing.match(made._id) };
    },

    /** `proxy.offer`: keeps that somebody can vote for others, and asks them about whoever waits. */
    async offer({ supporter, key, with: asked }: Asked): Promise<Given> {
      const local = await agreed(supporter);
      const { record, round } = local;
      const [old] = await offersOf(local);
      const made: ProxyOfferRow = {
        _id: old?._id ?? roundId(round, record._id),
        revision: (old?.revision ?? 0) + 1,
        supporter: old?.supporter ?? record._id,
        round,
        state: 'open',
        place: proxyPlace(record, asked['postal_code']),
        holds: old?.holds ?? [],
        key,
        at: new Date(now()),
      };
      if (old === undefined) await offers.insert(made);
      else if (old.state === 'withdrawn' && old.key !== key) {
        await offers.replaceIf({ revision: old.revision }, made);
      }
      return { matched: await pairing.matchOffer(made._id) };
    },

    /** `proxy.news`: what the flow that was started for somebody has to tell. */
    async news({ supporter, key }: Asked): Promise<Given> {
      const { ids } = await find(supporter);
      const row = await options.telling.latest(ids, key);
      if (row === undefined) throw new Error('There is nothing to tell.');
      const request = await requests.get(row.request);
      const offer = request?.offer === undefined ? undefined : await offers.get(request.offer);
      const isAgreed = request?.state === 'accepted' || request?.state === 'confirmed';
      // Until both agreed, nobody learns who the other is.
      const other = row.kind === 'found' ? offer?.supporter : request?.supporter;
      const told = row.kind === 'found' && isAgreed ? request.told : undefined;
      return {
        kind: row.kind,
        request: row.request,
        ...known('name', isAgreed ? await firstName(other) : undefined),
        ...known('phone', told?.phone),
        ...known('voter_number', told?.voter_number),
        ...known('town', request?.place.name ?? request?.place.postal_code),
      };
    },

    /** `proxy.accept`: the volunteer takes it on, and says what the other may know. */
    async accept({ supporter, with: asked }: Asked): Promise<Given> {
      const local = await find(supporter);
      const own = (await offersOf(local)).map(({ _id }) => _id);
      const [phone, number] = [textOf(asked['phone']), textOf(asked['voter_number'])];
      const told = {
        ...(phone === undefined ? {} : { phone }),
        ...(number === undefined ? {} : { voter_number: number }),
      };
      return { accepted: await pairing.accept(textOf(asked['request']) ?? '', own, told) };
    },

    /** `proxy.decline`: somebody else is looked for. */
    async decline({ supporter, with: asked }: Asked): Promise<void> {
      const own = (await offersOf(await find(supporter))).map(({ _id }) => _id);
      await pairing.release(textOf(asked['request']) ?? '', own);
    },

    /** `proxy.confirm`: the official step is done. */
    async confirm({ supporter }: Asked): Promise<Given> {
      const request = await requestOf(await find(supporter));
      if (request === undefined) return { confirmed: false };
      return { confirmed: await pairing.confirm(request._id, remindVolunteer) };
    },

    /** `proxy.cancel`: calls off what somebody asked for, and takes back what they offered. */
    async cancel({ supporter, key }: Asked): Promise<Given> {
      const local = await find(supporter);
      let cancelled = 0;
      const request = await requestOf(local);
      // What was made by a later act than this one stays.
      if (request !== undefined && request.key !== key) {
        if (await pairing.cancel(request._id)) cancelled += 1;
      }
      for (const { _id } of await offersOf(local)) {
        if (await pairing.withdraw(_id)) cancelled += 1;
      }
      return { cancelled };
    },

    /** Looks on for those who wait, lets go of who does not answer, and hands on what nothing matches. */
    async lookOn(): Promise<void> {
      const ballot = nextBallot(campaign().calendar, undefined, now());
      if (ballot === undefined || now() >= ballot.closes) return;
      const { round, opens } = ballot;
      const at = new Date(now());
      const late = { round, state: 'created', asked_until: { $lte: at } };
      for (const { _id, offer } of await requests.find(late, { limit: MOST })) {
        if (offer !== undefined) await tried(() => pairing.release(_id, [offer]));
      }
      const waiting = { round, state: 'created', offer: { $exists: false } };
      const rows = await requests.find(waiting, { sort: { at: 1 }, limit: MOST });
      for (const { _id, looking_since: since } of rows) {
        await tried(async () => {
          if (await pairing.match(_id)) return;
          const isLong = now() - since.getTime() >= FORWARD_AFTER_MS;
          if (isLong || now() >= opens - FORWARD_BEFORE_MS) await pairing.forward(_id);
        });
      }
    },
  };

  async function tried(work: () => Promise<unknown>): Promise<void> {
    await work().catch((error: unknown) => options.report(error));
  }
}

/** What is unknown is absent, so that words can say so. */
function known(name: string, value: string | undefined): Given {
  return value === undefined ? {} : { [name]: value };
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
