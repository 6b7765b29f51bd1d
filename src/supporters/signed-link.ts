import type { Signer } from '../sign.js';

/** Writes the token of a link: what it names and until when it is good (epoch milliseconds). */
export function writeToken(signer: Signer, names: readonly string[], until: number): string {
  const body = Buffer.from(JSON.stringify([...names, until])).toString('base64url');
  return `${body}.${signer.sign(body)}`;
}

/** What a token names; undefined when it is forged or no longer good. */
export function readToken(
  signer: Signer,
  token: string,
  now: number,
): readonly string[] | undefined {
  const [body, signature, ...more] = token.split('.');
  if (body === undefined || signature === undefined || more.length > 0) return undefined;
  if (!signer.matches(body, signature)) return undefined;
  const written: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
  if (!Array.isArray(written)) return undefined;
  const until: unknown = written.at(-1);
  if (typeof until !== 'number' || now >= until) return undefined;
  return written.slice(0, -1).map(String);
}
