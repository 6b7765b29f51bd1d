import { SIGNUP_STATES, type Summary } from '../record.js';

/** What other domains know of two who are one person: counts and totals together, the latest of the rest. */
export function mergeSummaries(
  one: Summary | undefined,
  other: Summary | undefined,
): Summary | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const donations = mergeWith(one.donations, other.donations, (a, b) => ({
    count: a.count + b.count,
    totalCents: a.totalCents + b.totalCents,
    lastAt: a.lastAt >= b.lastAt ? a.lastAt : b.lastAt,
  }));
  const signups = mergeWith(one.signups, other.signups, (a, b) =>
    Object.fromEntries(
      SIGNUP_STATES.map((state) => [state, (a[state] ?? 0) + (b[state] ?? 0)] as const).filter(
        ([, count]) => count > 0,
      ),
    ),
  );
  const notBefore = mergeWith(one.donationsNotBefore, other.donationsNotBefore, (a, b) =>
    a >= b ? a : b,
  );
  const visits = mergeWith(one.visits, other.visits, (a, b) => ({
    ...(a.lastAt >= b.lastAt ? a : b),
    count: a.count + b.count,
  }));
  return {
    ...(donations === undefined ? {} : { donations }),
    ...(notBefore === undefined ? {} : { donationsNotBefore: notBefore }),
    ...(signups === undefined ? {} : { signups }),
    ...(visits === undefined ? {} : { visits }),
  };
}

function mergeWith<T>(
  one: T | undefined,
  other: T | undefined,
  merge: (one: T, other: T) => T,
): T | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return merge(one, other);
}
