import type { SendForm } from './uploads.js';

/** A minute and a half for 2 MB: a slow line, but one that moves. */
const WITHIN_MS = 90_000;

/** Sends a form by XMLHttpRequest, for only that tells how much has left. */
export const sendForm: SendForm = ({ url, token, form }, progress) => {
  const request = new XMLHttpRequest();
  request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
    if (lengthComputable && total > 0) progress(loaded / total);
  });
  const status = new Promise<number | undefined>((resolve) => {
    request.addEventListener('load', () => resolve(request.status));
    for (const ending of ['error', 'abort', 'timeout']) {
      request.addEventListener(ending, () => resolve(undefined));
    }
  });
  request.open('POST', url);
  request.timeout = WITHIN_MS;
  request.setRequestHeader('Authorization', `Bearer ${token}`);
  request.send(form);
  return { status, abort: () => request.abort() };
};
