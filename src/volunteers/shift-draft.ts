/** A shift as a form holds it, half written as it may be. */
export type ShiftDraft = {
  /** By language. */
  readonly title: { readonly [language: string]: string };
  readonly task: string;
  readonly place: {
    readonly name: string;
    readonly address: string;
    readonly postalCode: string;
    /** `48.1113, -1.68` in degrees, as maps show it. */
    readonly point: string;
  };
  /** IANA zone of its clock. */
  readonly timezone: string;
  /** On its own clock, `2032-02-21T09:00`. */
  readonly starts: string;
  readonly ends: string;
  readonly capacity: number;
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  readonly checkIn: readonly string[];
  /** The supporter who leads it; empty: nobody. */
  readonly leader: string;
};
