import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from './refusal.js';

/** Bytes of all files of one upload together. */
export const UPLOAD_LIMIT = 2 * 1024 * 1024;
const MOST_FILES = 10;
const LONGEST_NAME = 200;

/** What Direct Line calls the part that is not a file: the message that the files belong to. */
const ACTIVITY_TYPE = 'application/vnd.microsoft.activity';

/** An upload as it was sent: the message around the files, still unread, and the files. */
export type Upload = {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly files: readonly { readonly name?: string; readonly bytes: Uint8Array }[];
};

/**
 * Reads an upload of Direct Line 3.0: files and a message in a `multipart/form-data` body, or one file that
 * is the body, with its name in `Content-Disposition`. Throws a `Refusal` when there is none, or too much.
 */
export async function readUpload(headers: IncomingHttpHeaders, body: Buffer): Promise<Upload> {
  const contentType = headers['content-type'] ?? '';
  const isForm = /^multipart\/form-data\b/i.test(contentType);
  const upload = isForm ? await readForm(contentType, body) : readBody(headers, body);
  const size = upload.files.reduce((total, { bytes }) => total + bytes.length, 0);
  if (size > UPLOAD_LIMIT) throw tooLarge();
  if (size === 0) throw new Refusal('BadArgument', 'There is no file in the upload.');
  if (upload.files.length > MOST_FILES) {
    throw new Refusal('BadArgument', `At most ${MOST_FILES} files can be sent at once.`);
  }
  return upload;
}

/** The refusal of what is larger than allowed. */
export function tooLarge(): Refusal {
  return new Refusal('TooLarge', 'The upload is larger than 2 MB; please send a smaller file.');
}

async function readForm(contentType: string, body: Buffer): Promise<Upload> {
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  })
    .formData()
    .catch(() => {
      throw new Refusal('BadArgument', 'The form of the upload cannot be read.');
    });
  const files: Upload['files'][number][] = [];
  let payload: Upload['payload'] = {};
  for (const [field, part] of form) {
    if (typeof part === 'string') {
      if (field === 'activity') payload = readPayload(part);
    } else if (part.type === ACTIVITY_TYPE || field === 'activity') {
      payload = readPayload(await part.text());
    } else {
      files.push({ ...named(part.name), bytes: new Uint8Array(await part.arrayBuffer()) });
    }
  }
  return { payload, files };
}

function readBody(headers: IncomingHttpHeaders, body: Buffer): Upload {
  const disposition = headers['content-disposition'] ?? '';
  const name = /filename="?([^";]*)"?/i.exec(disposition)?.[1];
  // A header is latin-1 to Node; clients write UTF-8 into it.
  const read = name === undefined ? '' : Buffer.from(name, 'latin1').toString('utf8');
  return { payload: {}, files: [{ ...named(read), bytes: new Uint8Array(body) }] };
}

/** Blobs without a name of their own are called so by browsers. */
function named(name: string): { readonly name?: string } {
  const short = Array.from(name.trim()).slice(0, LONGEST_NAME).join('');
  return short === '' || short === 'blob' ? {} : { name: short };
}

function readPayload(text: string): Upload['payload'] {
  try {
    const read: unknown = JSON.parse(text);
    if (isObject(read)) return read;
  } catch {
    // Refused below.
  }
  throw new Refusal('BadArgument', 'The activity of the upload is not a JSON object.');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
