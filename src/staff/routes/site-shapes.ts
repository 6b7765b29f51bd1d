import { z } from 'zod';

/** Longer than anything that may be published: a draft is saved as it is being written. */
const said = z.string().max(5_000, 'is too long');
const translated = z.record(z.string().max(20), said);
const titled = z.strictObject({ title: translated, text: translated });
const line = z.string().max(500, 'is too long');

/** The page as staff write it. */
export const siteContent = z.strictObject({
  name: line,
  site: z.strictObject({
    headline: translated.exactOptional(),
    summary: translated.exactOptional(),
    issues: z.array(titled).max(30),
    dates: z
      .array(
        z.strictObject({
          on: z.string().max(20),
          at: z.string().max(20).exactOptional(),
          title: translated,
          place: translated.exactOptional(),
        }),
      )
      .max(100),
    notice: translated.exactOptional(),
    notices: z.array(titled).max(30),
    controller: z
      .strictObject({
        name: line,
        address: line.exactOptional(),
        email: line.exactOptional(),
        officer: line.exactOptional(),
      })
      .exactOptional(),
    url: line.exactOptional(),
    colours: z.strictObject({ primary: z.string().max(20), accent: z.string().max(20) }),
    picture: z.string().max(100).exactOptional(),
    pictureText: translated.exactOptional(),
  }),
});

export const siteProblem = z.object({
  path: z.string(),
  code: z.enum([
    'missing',
    'too_long',
    'too_many',
    'no_colour',
    'no_day',
    'no_time',
    'no_address',
    'no_email',
    'no_picture',
    'in_silence',
  ]),
});

export const siteOutcome = z.discriminatedUnion('type', [
  z.object({ type: z.literal('published'), version: z.string() }),
  z.object({ type: z.literal('unchanged') }),
  z.object({ type: z.literal('refused'), problems: z.array(siteProblem) }),
  z.object({ type: z.literal('withheld'), until: z.string() }),
  z.object({ type: z.literal('overtaken'), by: z.string() }),
  z.object({ type: z.literal('changed') }),
  z.object({ type: z.literal('unknown') }),
]);

export const publicationNumber = z.string().regex(/^\d{10}$/, 'is no publication');
