/** The name under which `intents.yaml` lists what must not be understood. */
export const NONE = 'none';

/** Texts or words by a name that they share. */
export type Groups = ReadonlyMap<string, readonly string[]>;

/** What understanding of one language is learned from. */
export type Lesson = {
  readonly language: string;
  /** Phrases by the intent they mean; those under `none` mean nothing the assistant is there for. */
  readonly intents: Groups;
  /** Words and expressions that mean about the same, by the name of their group. */
  readonly synonyms: Groups;
};
