import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Encoded } from './read-assets.js';

/** A text in every form, made once. */
export function encode(text: string): Encoded {
  const plain = Buffer.from(text);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 6 };
  return { plain, gz: gzipSync(plain), br: brotliCompressSync(plain, { params }) };
}

/** The tag of a content; each encoding has its own, since their bytes differ. */
export function tagOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 22);
}

/** Sends a content in the smallest form the browser takes, or says that it has it already. */
export function send(request: Request, response: Response, type: string, content: Encoded): void {
  const accepted = request.acceptsEncodings('br') || request.acceptsEncodings('gzip');
  response.vary('Accept-Encoding').type(type);
  const packed = accepted === 'br' ? content.br : accepted === 'gzip' ? content.gz : undefined;
  if (accepted !== false && packed !== undefined) {
    response.setHeader('Content-Encoding', accepted);
  }
  const body = packed ?? content.plain;
  response.setHeader('ETag', `"${tagOf(body)}"`);
  // Express compares the tag, and answers 304 or HEAD without a body.
  response.send(body);
}
