import type { NoWayReason } from '../way-for.js';
import type { Plan } from './plan-message.js';
import type { LateReason } from './run-channel.js';

const CHANNELS: Readonly<Record<string, string>> = {
  web: 'web chat',
  telegram: 'Telegram',
  whatsapp: 'WhatsApp',
  email: 'e-mail',
  botframework: 'Bot Framework',
};

const CANNOT: { readonly [reason in NoWayReason]: string } = {
  opted_out: 'want no such messages any more',
  not_now: 'said lately that they would rather not give now',
  no_consent: 'never agreed to them',
  unreachable: 'cannot be reached on these channels',
  channel_off: 'are only on channels that are turned off',
  window_closed: 'wrote to us longer ago than WhatsApp allows without a template',
  frequency_cap: 'had as many messages lately as they may get',
  with_team: 'are talking with a person of the team',
  erasing: 'are being erased',
};

const LATE: { readonly [reason in LateReason]: string } = {
  silence: 'would not get it before the election silence',
  'polls-closed': 'would not get it before polling stations close',
  expired: 'would not get it before it expires',
  never: 'would not get it within two months',
};

/** A plan in sentences; times are those of clocks in the time zone. */
export function describePlan(plan: Plan, timezone: string): string {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const lines = Object.entries(plan.channels).map(([channel, { recipients, rate, start, end }]) => {
    const name = CHANNELS[channel] ?? channel;
    const ends =
      start === undefined || end === undefined
        ? 'never begins'
        : `begins ${clock.format(start)} and ends ${clock.format(end)}`;
    return `${count(recipients)} on ${name} at ${rate}/s ${ends}`;
  });
  const others = sum(plan.cannot);
  return [
    ...(lines.length === 0 ? ['It would reach nobody.'] : lines),
    ...(others === 0 ? [] : [`${count(others)} cannot be reached:`]),
    ...parts(plan.cannot, CANNOT),
    ...(sum(plan.late) === 0 ? [] : ['It cannot be finished in time:']),
    ...parts(plan.late, LATE),
    ...(plan.latestSafeStart === undefined
      ? []
      : [`The latest safe start is ${clock.format(plan.latestSafeStart)} (${timezone}).`]),
  ].join('\n');
}

/** A plan as other programs read it. */
export function planAsJson({
  start,
  end,
  latestSafeStart,
  channels,
  served: _served,
  ...plan
}: Plan) {
  return {
    ...plan,
    cannotBeReached: sum(plan.cannot),
    channels: Object.fromEntries(
      Object.entries(channels).map(([name, { recipients, rate, ...span }]) => [
        name,
        { recipients, rate, ...instant('startsAt', span.start), ...instant('endsAt', span.end) },
      ]),
    ),
    inTime: sum(plan.late) === 0,
    ...instant('startsAt', start),
    ...instant('endsAt', end),
    ...instant('latestSafeStart', latestSafeStart),
  };
}

function instant(key: string, at: number | undefined): { readonly [key: string]: string } {
  return at === undefined ? {} : { [key]: new Date(at).toISOString() };
}

function parts<K extends string>(
  counts: { readonly [reason in K]?: number },
  words: { readonly [reason in K]: string },
): string[] {
  return Object.entries<string>(words).flatMap(([reason, sentence]) => {
    const found = Object.entries<number | undefined>(counts).find(([key]) => key === reason)?.[1];
    return found === undefined ? [] : [`  ${count(found)} ${sentence}`];
  });
}

function sum(counts: { readonly [reason: string]: number | undefined }): number {
  return Object.values(counts).reduce<number>((total, one) => total + (one ?? 0), 0);
}

function count(people: number): string {
  return people.toLocaleString('en');
}
