import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import type { Anomaly } from './anomalies.js';

/** That the agent was written to about something, so that each thing is told once; it names nobody. */
export type AnomalyNoticeRow = {
  /** See `noticeId`. */
  readonly _id: string;
  /** `unknown`: its mail may have arrived or not, and is never repeated. */
  readonly state: 'sending' | 'sent' | 'refused' | 'unknown';
  readonly at: Date;
};

/** Opens the collection `anomaly_notices`. */
export function openAnomalyNotices(connection: Connection): Table<AnomalyNoticeRow> {
  return openTable<AnomalyNoticeRow>(connection, {
    name: 'anomaly_notices',
    schema: { state: String, at: Date },
    indexes: [],
  });
}

/** What became of a mail. */
export type NoticeOutcome = 'sent' | 'refused' | 'unknown' | 'later';

export type AnomalyNoticesOptions = {
  readonly notices: Table<AnomalyNoticeRow>;
  /** Everything to be looked at now. */
  look(): Promise<readonly Anomaly[]>;
  /** Whether anybody is to be written to. */
  isWanted(): boolean;
  /** Writes one mail about all of these; the id stays the same when it is sent again. */
  send(id: string, anomalies: readonly Anomaly[]): Promise<NoticeOutcome>;
  now(): number;
};

/** Ids looked up together. */
const TOGETHER = 500;

/**
 * Makes what writes to the agent of what is new to be looked at: one mail for all that was found, and each
 * thing once. That it is told is kept before the mail leaves; what a crash cuts short is in doubt, and is
 * not told again.
 */
export function createAnomalyNotices({
  notices,
  look,
  isWanted,
  send,
  now,
}: AnomalyNoticesOptions) {
  return async (): Promise<void> => {
    if (!isWanted()) return;
    const found = new Map((await look()).map((one) => [noticeId(one), one]));
    const ids = [...found.keys()];
    const told = new Set<string>();
    for (let begin = 0; begin < ids.length; begin += TOGETHER) {
      const part = { _id: { $in: ids.slice(begin, begin + TOGETHER) } };
      for (const { _id } of await notices.find(part)) told.add(_id);
    }
    const fresh: string[] = [];
    for (const _id of ids.filter((id) => !told.has(id))) {
      if (await notices.insert({ _id, state: 'sending', at: new Date(now()) })) fresh.push(_id);
    }
    const [first] = fresh;
    if (first === undefined) return;
    const about = fresh.flatMap((id) => found.get(id) ?? []);
    const outcome = await send(`anomalies ${first} ${fresh.length}`, about);
    const those = { _id: { $in: fresh } };
    // What could not leave now is told at the next look.
    if (outcome === 'later') await notices.remove(those);
    else await notices.set(those, { state: outcome });
  };
}

/**
 * Names what is to be looked at. A gift more that adds to what is over the ceiling is something new; that
 * some of it went back is not.
 */
export function noticeId({ kind, donations, cents }: Anomaly): string {
  const isSum = kind === 'over_ceiling' || kind === 'same_donor';
  return [kind, donations.at(-1) ?? '', isSum ? donations.length : cents].join(' ');
}
