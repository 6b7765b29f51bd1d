import { z } from 'zod';
import { WEB_LIMITS } from '../channel.js';
import { Refusal } from './refusal.js';

/** Characters of one message. */
const TEXT_LIMIT = WEB_LIMITS.text;

const MAX_DEPTH = 20;

const choice = z.object({
  turn: z.int().nonnegative(),
  values: z.array(z.string().min(1).max(200)).max(100),
});

const channelData = z.looseObject({
  clientActivityID: z.string().min(1).max(200).nullish(),
  messageBack: z.looseObject({ displayText: z.string().max(TEXT_LIMIT).nullish() }).nullish(),
});

const posted = z.object({
  type: z.string().min(1).max(64),
  text: z.string().nullish(),
  locale: z.string().max(100).nullish(),
  // Other clients put anything here; only what is a choice is read.
  value: z.unknown().optional(),
  attachments: z
    .array(z.object({ contentType: z.string().max(200), name: z.string().max(255).nullish() }))
    .max(20)
    .nullish(),
  channelData: channelData.nullish(),
});

/** An activity as a client posted it, its shape checked and the rest left out. */
export type Posted = z.infer<typeof posted>;
export type PostedChoice = z.infer<typeof choice>;

/** Checks the shape of a posted activity; throws a `Refusal` that names what is wrong. */
export function checkPosted(payload: unknown): Posted {
  checkNames(payload, 0);
  const { success, data, error } = posted.safeParse(payload);
  if (!success) throw new Refusal('BadArgument', sentence(error));
  // Only a text of many code units can be over, and only then are its characters counted.
  if (data.text && data.text.length > TEXT_LIMIT && Array.from(data.text).length > TEXT_LIMIT) {
    throw new Refusal(
      'BadArgument',
      `The text is longer than ${TEXT_LIMIT.toLocaleString('en')} characters; please shorten it.`,
    );
  }
  return data;
}

const opening = z.object({
  locale: z.string().max(100).nullish(),
  user: z.object({ locale: z.string().max(100).nullish() }).nullish(),
  join: z.string().min(1).max(100).nullish(),
});

/** What opens a conversation: the languages named, and the payload of a link that goes on with another. */
export type Opening = {
  readonly locales: readonly (string | null | undefined)[];
  readonly join?: string;
};

/** Reads the body that opens a conversation, which may be absent. */
export function readOpening(payload: unknown): Opening {
  if (payload === undefined) return { locales: [] };
  checkNames(payload, 0);
  const { success, data, error } = opening.safeParse(payload);
  if (!success) throw new Refusal('BadArgument', sentence(error));
  const { locale, user, join } = data;
  return { locales: [locale, user?.locale], ...(join ? { join } : {}) };
}

/** The choice that is the `value` of a message, when it is one. */
export function choiceIn(value: unknown): PostedChoice | undefined {
  return choice.safeParse(value).data;
}

/** Names that a database or a prototype could take for more than a name never come in. */
function checkNames(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) throw new Refusal('BadArgument', 'The body is nested too deeply.');
  for (const [name, inner] of Object.entries(value)) {
    if (name.startsWith('$') || name === '__proto__' || /[.\0]/.test(name)) {
      throw new Refusal(
        'BadArgument',
        'A field name starts with "$", has a dot in it, or is "__proto__"; please rename it.',
      );
    }
    checkNames(inner, depth + 1);
  }
}

/** Names the fields at fault, never their values. */
function sentence(error: z.ZodError): string {
  const faults = error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  return `The body is not as expected. ${faults.slice(0, 5).join('; ')}`;
}
