import type { Uploads } from '../channels/webchat/conversations.js';
import type { Blobs } from '../store/blobs.js';
import { sniff } from '../supporters/files/sniff.js';

/** Where the web chat puts what supporters upload, and what it takes: the kinds that are kept. */
export function webUploads(uploads: Blobs, now: () => number): Uploads {
  return {
    kindOf: (bytes) => sniff(bytes)?.contentType,
    put: (id, conversation, bytes) => uploads.put(id, conversation, bytes, new Date(now())),
    get: (id) => uploads.get(id),
    drop: (id) => uploads.remove([id]),
  };
}
