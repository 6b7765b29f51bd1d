import type { PostDraft, PostOptions } from '../../../staff/api.js';

/** A picture that was chosen in this browser. */
export type ChosenPicture = {
  /** Its bytes, base64. */
  readonly data: string;
  /** Where the browser shows it. */
  readonly url: string;
};

/** A post without its picture: what is kept while one writes. */
export type PostText = Omit<PostDraft, 'picture'> & { readonly alt: string };

const KEPT = 'portevoix_post_draft';
const MOST_BYTES = 10_000_000;

/** A post that says nothing yet, for every network that is on. */
export function emptyPost({ networks, languages }: PostOptions): PostText {
  return {
    name: '',
    content: 'campaign',
    language: languages[0] ?? 'en',
    at: { type: 'instant', at: '' },
    networks: networks.filter(({ isOn }) => isOn).map(({ name }) => name),
    text: '',
    texts: {},
    alt: '',
  };
}

/** What each network shows of it. */
export function textOn({ text, texts }: Pick<PostText, 'text' | 'texts'>, network: string): string {
  const own = texts[network] ?? '';
  return own.trim() === '' ? text : own;
}

/** The post as the server takes it. */
export function draftOf(post: PostText, picture: ChosenPicture | undefined): PostDraft {
  const { alt, ...draft } = post;
  return picture === undefined ? draft : { ...draft, picture: { data: picture.data, alt } };
}

/** Keeps what is being written until this tab closes. */
export function keepPost(post: PostText): void {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(post));
  } catch {
    // A browser that keeps nothing still posts.
  }
}

/** Takes up what was being written in this tab; undefined: nothing. */
export function keptPost(): PostText | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
    return isPost(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Lets go of it. */
export function dropPost(): void {
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // Nothing was kept.
  }
}

function isPost(value: unknown): value is PostText {
  if (typeof value !== 'object' || value === null) return false;
  const keys = ['name', 'content', 'language', 'at', 'networks', 'text', 'texts', 'alt'];
  return keys.every((key) => key in value);
}

/** Reads a picture; `wrong` when it is none that networks take, `large` when it is too heavy. */
export async function readPicture(file: Blob): Promise<ChosenPicture | 'wrong' | 'large'> {
  if (file.size > MOST_BYTES) return 'large';
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  const isPng = bytes[0] === 0x89 && bytes[1] === 0x50;
  if (!isJpeg && !isPng) return 'wrong';
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      resolve(typeof reader.result === 'string' ? reader.result : '');
    });
    reader.addEventListener('error', () => reject(new Error('The picture cannot be read.')));
    reader.readAsDataURL(new Blob([bytes], { type: isPng ? 'image/png' : 'image/jpeg' }));
  });
  return { data: url.slice(url.indexOf(',') + 1), url };
}
