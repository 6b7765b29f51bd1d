import type { Renewal } from './keys.js';
import type { Memory } from './memory.js';

/** The largest file the server takes, in bytes. */
const LARGEST = 2 * 1024 * 1024;
const TOO_LARGE = 413;
const WRONG_KIND = 415;
const TOO_MANY = 429;
/** Answers to a token that is no longer good. */
const REFUSED: readonly (number | undefined)[] = [401, 403, 404];

/** A file on its way; it lives as long as the page, for it is not kept on the device. */
export type FileUpload = {
  /** Its `clientActivityID`: the same at every attempt. */
  readonly key: string;
  readonly name: string;
  /** How much of it has left, from 0 to 1. */
  readonly share: number;
  readonly state: 'sending' | 'sent' | 'failed' | 'too_large' | 'wrong_kind' | 'too_many';
};

/** What became of a form: the status of the answer, or undefined when the network failed. */
export type SendForm = (
  request: { readonly url: string; readonly token: string; readonly form: FormData },
  /** Told how much of it has left, from 0 to 1. */
  progress: (share: number) => void,
) => { readonly status: Promise<number | undefined>; readonly abort: () => void };

type Surroundings = {
  readonly memory: Memory;
  readonly origin: string;
  readonly locale: string;
  readonly send: SendForm;
  /** A fresh unguessable id. */
  readonly newKey: () => string;
  renew(): Promise<Renewal>;
  /** The server has the file; its echo should come soon. */
  accepted(key: string): void;
};

/** Sends files, each by itself and at once; what fails stays on view until it is sent again or let go. */
export function createUploads(around: Surroundings) {
  const { memory } = around;
  const files = new Map<string, File>();
  const aborts = new Map<string, () => void>();

  const show = (uploads: readonly FileUpload[]): void => memory.show({ uploads });
  const patch = (key: string, part: Partial<FileUpload>): void =>
    show(memory.get().uploads.map((one) => (one.key === key ? { ...one, ...part } : one)));

  async function attempt(key: string, file: File): Promise<number | undefined> {
    const { conversation } = memory.get().state;
    if (conversation === undefined) return undefined;
    const form = new FormData();
    const activity = {
      type: 'message',
      locale: around.locale,
      channelData: { clientActivityID: key },
    };
    const part = new Blob([JSON.stringify(activity)], { type: ACTIVITY });
    form.append('activity', part);
    form.append('file', file, file.name);
    const url = `${around.origin}/directline/v3/directline/conversations/${conversation.id}/upload`;
    const { token } = conversation;
    const sending = around.send({ url, token, form }, (share) => patch(key, { share }));
    aborts.set(key, sending.abort);
    return sending.status;
  }

  async function run(key: string): Promise<void> {
    const file = files.get(key);
    if (file === undefined) return;
    patch(key, { state: 'sending', share: 0 });
    let status = await attempt(key, file);
    if (REFUSED.includes(status) && (await around.renew()).type !== 'later') {
      status = await attempt(key, file);
    }
    aborts.delete(key);
    if (status === 200) {
      files.delete(key);
      patch(key, { state: 'sent', share: 1 });
      around.accepted(key);
    } else patch(key, { state: failureOf(status) });
  }

  function remove(key: string): void {
    aborts.get(key)?.();
    files.delete(key);
    show(memory.get().uploads.filter((one) => one.key !== key));
  }

  return {
    attach(file: File): void {
      const key = around.newKey();
      const isFitting = file.size <= LARGEST;
      const state = isFitting ? 'sending' : 'too_large';
      show([...memory.get().uploads, { key, name: file.name, share: 0, state }]);
      if (!isFitting) return;
      files.set(key, file);
      void run(key);
    },
    retry: (key: string) => void run(key),
    remove,
    /** Lets go of everything that is on its way. */
    stop(): void {
      for (const { key } of memory.get().uploads) remove(key);
    },
  };
}

const ACTIVITY = 'application/vnd.microsoft.activity';

function failureOf(status: number | undefined): FileUpload['state'] {
  switch (status) {
    case TOO_LARGE:
      return 'too_large';
    case WRONG_KIND:
      return 'wrong_kind';
    case TOO_MANY:
      return 'too_many';
    case undefined:
    default:
      return 'failed';
  }
}
