/** A span of time, in epoch milliseconds: from an instant on, until just before another. */
export type Span = { readonly from: number; readonly until: number };

/** One round of the election as a territory lives it, on its own clocks; instants in epoch milliseconds. */
export type Ballot = {
  readonly round: 1 | 2;
  /** When the first polling station opens, and when the last one closes. */
  readonly opens: number;
  readonly closes: number;
  /** When nothing that campaigns may be sent; absent where the law wants no silence. */
  readonly silence?: Span;
};

/** From a time of day until another, `HH:MM`, over midnight when it ends earlier than it begins. */
export type QuietHours = { readonly from: string; readonly to: string };

/** When what may leave, worked out from `campaign.yaml`; see `askPermit`. */
export type Calendar = {
  /** Names the rule of the silence to staff. */
  readonly law: string;
  /** The ballots of each territory that takes part in the election, in order of time. */
  readonly ballots: ReadonlyMap<string, readonly Ballot[]>;
  /**
   * For whom nobody knows where they vote, and for what everybody sees: from the earliest beginning to the
   * latest end of all territories.
   */
  readonly anywhere: readonly Ballot[];
  /** Whether neutral reminders may be sent during the silence, while polling stations are not closed. */
  readonly neutralReminders: boolean;
  readonly quietHours?: QuietHours;
  /** Clocks by which quiet hours are kept for whom nobody knows where they live. */
  readonly quietZones: readonly string[];
};

/** The ballots of a territory; of all together when it is unknown, or takes no part. */
export function ballotsFor(calendar: Calendar, territory: string | undefined): readonly Ballot[] {
  return (
    (territory === undefined ? undefined : calendar.ballots.get(territory)) ?? calendar.anywhere
  );
}

/** The ballot whose silence holds at an instant. */
export function silentBallot(
  calendar: Calendar,
  territory: string | undefined,
  at: number,
): (Ballot & { readonly silence: Span }) | undefined {
  for (const ballot of ballotsFor(calendar, territory)) {
    const { silence } = ballot;
    if (silence !== undefined && silence.from <= at && at < silence.until) {
      return { ...ballot, silence };
    }
  }
  return undefined;
}
