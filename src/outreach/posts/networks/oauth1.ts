import { createHmac } from 'node:crypto';

/** The four keys by which an app acts for one account on X. */
export type OAuth1Keys = {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly token: string;
  readonly tokenSecret: string;
};

/**
 * The Authorization header of one request (RFC 5849, HMAC-SHA1). `fields` are those of a form; a body of
 * JSON or of several parts is not signed.
 */
export function signRequest(
  {
    method,
    url,
    fields = {},
  }: { method: string; url: string; fields?: { [name: string]: string } },
  keys: OAuth1Keys,
  nonce: string,
  atSeconds: number,
): string {
  const oauth: Record<string, string> = {
    oauth_consumer_key: keys.apiKey,
    oauth_nonce: nonce,
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(atSeconds),
    oauth_token: keys.token,
    oauth_version: '1.0',
  };
  const { origin, pathname, searchParams } = new URL(url);
  const signed = [...Object.entries({ ...fields, ...oauth }), ...searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const base = [method, `${origin}${pathname}`, signed].map(encode).join('&');
  const key = `${encode(keys.apiSecret)}&${encode(keys.tokenSecret)}`;
  const signature = createHmac('sha1', key).update(base).digest('base64');
  const parts = Object.entries({ ...oauth, oauth_signature: signature });
  return `OAuth ${parts.map(([name, value]) => `${name}="${encode(value)}"`).join(', ')}`;
}

/** Percent-encoding as RFC 5849 wants it, which encodes more than JavaScript does. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
