/** One thing a donor fills in. */
export type GiveField = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly fault?: string;
  /** How browsers fill it in by themselves (WCAG 1.3.5). */
  readonly autocomplete: string;
  /** Choices by value; absent: it is written. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
};

/** What the payment page shows: the same for every gateway, and told in words only. */
export type GiveView = { readonly status: number; readonly title: string } & (
  | {
      readonly type: 'form';
      readonly lead: string;
      readonly trial?: string;
      readonly problem?: string;
      readonly legal: { readonly title: string; readonly paragraphs: readonly string[] };
      readonly fields: readonly GiveField[];
      readonly attest: { readonly label: string; readonly fault?: string };
      readonly why: string;
      readonly submit: string;
      readonly giveUp: string;
    }
  | {
      readonly type: 'pay';
      readonly lead: string;
      readonly trial: string;
      readonly problem?: string;
      readonly answers: readonly { readonly value: string; readonly label: string }[];
    }
  /** The browser goes on to another page by itself, or by the link. */
  | { readonly type: 'go'; readonly url: string; readonly link: string }
  | {
      readonly type: 'notice';
      readonly text: string;
      readonly link: { readonly url: string; readonly label: string };
    }
);
