import { randomBytes } from 'node:crypto';
import type { PostNetwork } from '../network.js';
import { prepare, publishBy, textAt } from './call.js';
import { signRequest, type OAuth1Keys } from './oauth1.js';

export type XAccount = OAuth1Keys & { readonly apiRoot: string };

/** Posts to an account on X (API v2). The client on npm speaks to X's own address only. */
export function createX(account: XAccount): PostNetwork {
  const { apiRoot } = account;
  const headersFor = (url: string): Record<string, string> => ({
    Authorization: signRequest(
      { method: 'POST', url },
      account,
      randomBytes(16).toString('hex'),
      Math.floor(Date.now() / 1_000),
    ),
  });
  const json = (url: string, body: object): RequestInit => ({
    method: 'POST',
    headers: { ...headersFor(url), 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

  async function upload(bytes: Uint8Array, type: string, alt: string): Promise<string> {
    const url = `${apiRoot}/2/media/upload`;
    const body = new FormData();
    body.set('media', new Blob([new Uint8Array(bytes)], { type }), 'picture');
    body.set('media_category', 'tweet_image');
    body.set('media_type', type);
    const { body: answer } = await prepare(url, { method: 'POST', headers: headersFor(url), body });
    const id = textAt(answer, 'data', 'id') ?? '';
    const describing = `${apiRoot}/2/media/metadata`;
    await prepare(describing, json(describing, { id, metadata: { alt_text: { text: alt } } }));
    return id;
  }

  return {
    async publish(_id, { text, picture }, mayLeave) {
      const media =
        picture === undefined
          ? {}
          : { media: { media_ids: [await upload(picture.bytes, picture.type, picture.alt)] } };
      const url = `${apiRoot}/2/tweets`;
      return publishBy(url, json(url, { text, ...media }), mayLeave, (body) =>
        textAt(body, 'data', 'id'),
      );
    },
  };
}
