import { Withheld, type Content, type Permit, type Refusal } from '../engine/calendar/permit.js';
import type { Json } from '../engine/json.js';
import { createSigner, signingKey } from '../sign.js';

/** How long an answer is waited for. */
const TIMEOUT_MS = 10_000;

export type WebhookOptions = {
  /** The addresses the operator set, by name; flows name them, and can never give one. */
  readonly targets: ReadonlyMap<string, string>;
  readonly secret: string;
  /** Asks the guard at the last moment. */
  mayLeave(supporter: string, content: Content): Promise<Permit | Refusal>;
  now(): number;
};

type Act = {
  readonly supporter: string;
  readonly key: string;
  readonly with: { readonly [name: string]: Json };
  readonly content: Content;
};

/**
 * Makes the action `webhook.call`: posts JSON `{ name, data, supporter }` and answers with the HTTP
 * status, whatever it is; redirects are not followed. `Portevoix-Signature` is
 * `t=<seconds>,v1=<base64url>`, the HMAC-SHA256 of `<seconds>.<body>` under a key of each webhook's own;
 * `Idempotency-Key` stays the same when the call is repeated after a crash. Throws on a name that is not
 * set, and when there is no answer in 10 s; `Withheld` when it may not leave now.
 */
export function createCallWebhook({ targets, secret, mayLeave, now }: WebhookOptions) {
  return async ({ supporter, key, with: args, content }: Act): Promise<{ status: number }> => {
    const { name, data } = args;
    const target = typeof name === 'string' ? targets.get(name) : undefined;
    if (typeof name !== 'string' || target === undefined)
      throw new Error('WEBHOOKS has no webhook of this name.');
    const body = JSON.stringify({ name, ...(data === undefined ? {} : { data }), supporter });
    const seconds = Math.floor(now() / 1_000);
    const signer = createSigner(secret, purposeOf(name));
    const permit = await mayLeave(supporter, content);
    if (permit.type === 'refused') throw new Withheld(permit);
    const response = await fetch(target, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
        'Portevoix-Signature': `t=${seconds},v1=${signer.sign(`${seconds}.${body}`)}`,
      },
      body,
    });
    await response.body?.cancel();
    return { status: response.status };
  };
}

/** The key under which calls to a webhook are signed, for the program that receives them. */
export function webhookKey(secret: string, name: string): string {
  return signingKey(secret, purposeOf(name)).toString('base64url');
}

function purposeOf(name: string): string {
  return `webhook ${name}`;
}
