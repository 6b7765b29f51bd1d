import type { FieldType } from './campaign.js';

/** What a domain declares of an action, so that flows using it can be checked. */
export type ActionDeclaration = {
  readonly name: string;
  readonly arguments: Readonly<Record<string, { type: FieldType; optional?: boolean }>>;
  /** Present when the turn waits for a result; its fields are read as `answers.<id>.<field>`. */
  readonly result?: Readonly<Record<string, FieldType>>;
};
