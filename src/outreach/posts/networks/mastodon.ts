import { setTimeout as sleep } from 'node:timers/promises';
import type { PostNetwork } from '../network.js';
import { call, NotPrepared, prepare, publishBy, textAt, valueAt } from './call.js';

export type MastodonAccount = { readonly url: string; readonly token: string };

/** What an instance allows that says nothing of it. */
export const MASTODON_USUAL = 500;
/** A picture that is worked on is looked at so often, so many times. */
const LOOK_EVERY_MS = 500;
const MOST_LOOKS = 60;

/** Posts to an account on a Mastodon instance. */
export function createMastodon({ url, token }: MastodonAccount): PostNetwork {
  const headers = { Authorization: `Bearer ${token}` };

  async function upload(bytes: Uint8Array, type: string, alt: string): Promise<string> {
    const body = new FormData();
    body.set('file', new Blob([new Uint8Array(bytes)], { type }), 'picture');
    body.set('description', alt);
    const answer = await prepare(`${url}/api/v2/media`, { method: 'POST', headers, body });
    const id = textAt(answer.body, 'id') ?? '';
    // 202, and 206 from then on, while the instance still works on it.
    let { status } = answer;
    for (let looks = 0; status !== 200; looks += 1) {
      if (looks === MOST_LOOKS) throw new NotPrepared({ type: 'not_yet', reason: 'processing' });
      await sleep(LOOK_EVERY_MS);
      ({ status } = await prepare(`${url}/api/v1/media/${encodeURIComponent(id)}`, { headers }));
    }
    return id;
  }

  return {
    async publish(id, { text, language, picture }, mayLeave) {
      const media =
        picture === undefined
          ? {}
          : { media_ids: [await upload(picture.bytes, picture.type, picture.alt)] };
      const init = {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json', 'Idempotency-Key': id },
        body: JSON.stringify({ status: text, language, visibility: 'public', ...media }),
      };
      return publishBy(`${url}/api/v1/statuses`, init, mayLeave, (body) => textAt(body, 'url'));
    },
  };
}

/** How long posts may be on an instance; undefined when it does not answer. */
export async function askMastodonLimit(url: string): Promise<number | undefined> {
  const answer = await call(`${url}/api/v2/instance`, {}).catch(() => undefined);
  const most = valueAt(answer?.body, 'configuration', 'statuses', 'max_characters');
  return typeof most === 'number' && most > 0 ? most : undefined;
}
