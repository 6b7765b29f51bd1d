import type { Transaction } from '../../store/transaction.js';
import { matchProxies, type ProxyHelp } from './match-proxies.js';
import {
  isPaired,
  type NewsKind,
  type Proxies,
  type ProxyNewsRow,
  type ProxyOfferRow,
  type ProxyRequestRow,
} from './proxies.js';

/** How long a volunteer may think about it. */
export const ANSWER_WITHIN_MS = 49 * 3_600_000;
/** Times that a change which others overtook is begun again. */
const MOST_TRIES = 30;
/** Offers and requests looked at in one go. */
const MOST = 500;

export type Pairing = {
  /** Asks the best volunteer for a request that has none; whether one is asked, or accepted already. */
  match(request: string): Promise<boolean>;
  /** Asks whoever offered about those who wait near them; whether they are asked about somebody. */
  matchOffer(offer: string): Promise<boolean>;
  /** Whether the volunteer with this offer has the request now. */
  accept(
    request: string,
    offers: readonly string[],
    told: NonNullable<ProxyRequestRow['told']>,
  ): Promise<boolean>;
  /** Lets a request go from an offer, and looks on for it; nothing when it has it no more. */
  release(request: string, offers: readonly string[]): Promise<void>;
  /** Whether the request is official now; `remindAt` is when its volunteer is reminded. */
  confirm(
    request: string,
    remindAt: (volunteer: string) => Promise<number | undefined>,
  ): Promise<boolean>;
  /** Whether there was a request to call off. */
  cancel(request: string): Promise<boolean>;
  /** Whether there was an offer to take back. */
  withdraw(offer: string): Promise<boolean>;
  /** Whether the team has the request now. */
  forward(request: string): Promise<boolean>;
};

/**
 * Brings those who cannot go together with those who can. Each change of a request and an offer is one
 * transaction, guarded by the revisions it read, and writes what is to be told of it: of two processes
 * one is first, and killed at any moment it is done or not begun.
 */
export function createPairing(proxies: Proxies, now: () => number): Pairing {
  const { requests, offers } = proxies;

  /** Tries until `attempt` settles; it answers undefined when it was overtaken. */
  async function settle<T>(attempt: () => Promise<T | undefined>): Promise<T> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const answer = await attempt();
      if (answer !== undefined) return answer;
    }
    throw new Error('Too many writers at once for one proxy.');
  }

  async function change(
    request: ProxyRequestRow,
    next: ProxyRequestRow,
    offer: ProxyOfferRow | undefined,
    nextOffer: ProxyOfferRow | undefined,
    news: readonly ProxyNewsRow[],
  ): Promise<boolean> {
    return proxies.transact(async (transaction) => {
      await bump(transaction, proxies.requests, request, next);
      if (offer !== undefined && nextOffer !== undefined) {
        await bump(transaction, proxies.offers, offer, nextOffer);
      }
      for (const one of news) await transaction.insert(proxies.news, one);
    });
  }

  function tell(
    kind: NewsKind,
    supporter: string,
    { _id: request, revision }: ProxyRequestRow,
    due = now(),
  ): ProxyNewsRow {
    const _id = `${request}:${revision + 1}:${kind}`;
    const at = new Date(now());
    return {
      _id,
      supporter,
      kind,
      request,
      revision: revision + 1,
      state: 'due',
      due: new Date(due),
      at,
    };
  }

  async function near(request: ProxyRequestRow): Promise<ProxyOfferRow[]> {
    const { round, place } = request;
    const same = (['commune', 'postal_code', 'department'] as const).flatMap((field) =>
      place[field] === undefined ? [] : [{ [`place.${field}`]: place[field] }],
    );
    const pointed = place.point === undefined ? [] : [{ 'place.point': { $exists: true } }];
    const $or = [...same, ...pointed];
    if ($or.length === 0) return [];
    const open = { round, state: 'open', asked: { $exists: false }, $or };
    return offers.find(open, { sort: { at: 1 }, limit: MOST });
  }

  async function match(id: string): Promise<boolean> {
    return settle(async () => {
      const request = await requests.get(id);
      if (request === undefined) return false;
      if (request.offer !== undefined || request.state !== 'created')
        return isPaired(request) || request.offer !== undefined;
      const found = await near(request);
      const [best] = matchProxies({ id, ...request }, found.map(helpOf));
      const offer = found.find(({ _id }) => _id === best?.help.id);
      if (best === undefined || offer === undefined) return false;
      const { by, km } = best;
      const next = {
        ...request,
        offer: offer._id,
        by,
        ...(km === undefined ? {} : { km }),
        asked_until: new Date(now() + ANSWER_WITHIN_MS),
        at: new Date(now()),
      };
      const holds = [...offer.holds, { request: id, abroad: request.abroad }];
      const asked = { ...offer, holds, asked: id };
      const isDone = await change(request, next, offer, asked, [
        tell('ask', offer.supporter, request),
      ]);
      return isDone ? true : undefined;
    });
  }

  /** The request without its volunteer, and the offer without the request. */
  async function letGo(
    request: ProxyRequestRow,
    next: (free: ProxyRequestRow) => ProxyRequestRow,
    news: (offer: ProxyOfferRow) => readonly ProxyNewsRow[],
    nextOffer: (offer: ProxyOfferRow) => ProxyOfferRow = (offer) => offer,
  ): Promise<boolean> {
    const offer = request.offer === undefined ? undefined : await offers.get(request.offer);
    const free = { ...next(without(request)), at: new Date(now()) };
    const freed = offer === undefined ? undefined : nextOffer(withoutRequest(offer, request._id));
    return change(request, free, offer, freed, offer === undefined ? [] : news(offer));
  }

  async function release(id: string, own: readonly string[]): Promise<void> {
    const isReleased = await settle(async () => {
      const request = await requests.get(id);
      if (request?.offer === undefined || !own.includes(request.offer)) return false;
      const { offer: from } = request;
      const isLost = isPaired(request);
      const looks = (free: ProxyRequestRow): ProxyRequestRow => ({
        ...free,
        state: 'created',
        tried: [...free.tried, from],
        looking_since: new Date(now()),
      });
      const news = () => (isLost ? [tell('lost', request.supporter, request)] : []);
      return (await letGo(request, looks, news)) ? true : undefined;
    });
    if (isReleased) await match(id);
  }

  return {
    match,
    release,
    async matchOffer(id) {
      const offer = await offers.get(id);
      if (offer === undefined) return false;
      const waiting = await requests.find(
        { round: offer.round, state: 'created', offer: { $exists: false } },
        { sort: { looking_since: 1 }, limit: MOST },
      );
      for (const one of waiting) {
        const current = await offers.get(id);
        if (current?.asked !== undefined) return true;
        if (current === undefined || current.state !== 'open') return false;
        const isNear = matchProxies({ id: one._id, ...one }, [helpOf(current)]).length > 0;
        if (isNear) await match(one._id);
      }
      return (await offers.get(id))?.asked !== undefined;
    },
    accept: (id, own, told) =>
      settle(async () => {
        const request = await requests.get(id);
        if (request?.offer === undefined || !own.includes(request.offer)) return false;
        if (request.state !== 'created') return isPaired(request);
        const offer = await offers.get(request.offer);
        if (offer === undefined) return false;
        const { asked: _asked, ...answered } = offer;
        const { asked_until: _until, ...rest } = request;
        const next = { ...rest, state: 'accepted', told, at: new Date(now()) } as const;
        const news = [tell('found', request.supporter, request)];
        return (await change(request, next, offer, answered, news)) ? true : undefined;
      }),
    confirm: (id, remindAt) =>
      settle(async () => {
        const request = await requests.get(id);
        if (request?.state === 'confirmed') return true;
        if (request?.state !== 'accepted' || request.offer === undefined) return false;
        const offer = await offers.get(request.offer);
        if (offer === undefined) return false;
        const due = await remindAt(offer.supporter);
        const news = [
          tell('confirmed', offer.supporter, request),
          ...(due === undefined ? [] : [tell('remind', offer.supporter, request, due)]),
        ];
        const next = { ...request, state: 'confirmed', at: new Date(now()) } as const;
        return (await change(request, next, undefined, undefined, news)) ? true : undefined;
      }),
    cancel: (id) =>
      settle(async () => {
        const request = await requests.get(id);
        if (request === undefined || request.state === 'cancelled') return false;
        const news = (offer: ProxyOfferRow) => [tell('called_off', offer.supporter, request)];
        const off = (free: ProxyRequestRow) => ({ ...free, state: 'cancelled' }) as const;
        return (await letGo(request, off, news)) ? true : undefined;
      }),
    async withdraw(id) {
      const isOpen = await settle(async () => {
        const offer = await offers.get(id);
        if (offer === undefined || offer.state === 'withdrawn') return false;
        const taken = { ...offer, state: 'withdrawn', revision: offer.revision + 1 } as const;
        return (await offers.replaceIf({ revision: offer.revision }, taken)) ? true : undefined;
      });
      for (const { request } of (await offers.get(id))?.holds ?? []) await release(request, [id]);
      return isOpen;
    },
    forward: (id) =>
      settle(async () => {
        const request = await requests.get(id);
        if (request?.state !== 'created' || request.offer !== undefined) return false;
        const next = { ...request, state: 'forwarded', at: new Date(now()) } as const;
        const news = [tell('forward', request.supporter, request)];
        return (await change(request, next, undefined, undefined, news)) ? true : undefined;
      }),
  };
}

async function bump<T extends { readonly _id: string; readonly revision: number }>(
  transaction: Transaction,
  table: Parameters<typeof transaction.replace<T>>[0],
  { revision }: T,
  next: T,
): Promise<void> {
  await transaction.replace(table, { revision }, { ...next, revision: revision + 1 });
}

function helpOf({ _id: id, asked, ...offer }: ProxyOfferRow): ProxyHelp {
  return { id, ...offer, isAsked: asked !== undefined };
}

function without(request: ProxyRequestRow): ProxyRequestRow {
  const { offer: _offer, by: _by, km: _km, told: _told, asked_until: _until, ...rest } = request;
  return rest;
}

function withoutRequest(offer: ProxyOfferRow, request: string): ProxyOfferRow {
  const { asked, ...rest } = offer;
  const holds = offer.holds.filter((one) => one.request !== request);
  return { ...rest, holds, ...(asked === undefined || asked === request ? {} : { asked }) };
}
