import { isSame, type Signer } from '../../sign.js';

/** Bytes of a payload: whose it is, until when it is good, and half of an HMAC-SHA256. */
const ID_BYTES = 16;
const UNTIL_BYTES = 4;
const SIGNATURE_BYTES = 16;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** What may be such a payload, for channels to tell it from others: 48 signs, of which Telegram takes 64. */
export const JOIN_PAYLOAD = /^[\w-]{48}$/;

/**
 * Writes the payload of a link that brings a supporter to another channel; undefined for an id that is
 * no UUID. `until` is in epoch milliseconds, and counts in whole seconds.
 */
export function writeJoinPayload(
  signer: Signer,
  supporter: string,
  until: number,
): string | undefined {
  if (!UUID.test(supporter)) return undefined;
  const names = Buffer.alloc(ID_BYTES + UNTIL_BYTES);
  names.write(supporter.replaceAll('-', ''), 'hex');
  names.writeUInt32BE(Math.floor(until / 1_000), ID_BYTES);
  return Buffer.concat([names, signatureOf(signer, names)]).toString('base64url');
}

/**
 * Whose payload it is, and until when it is good; undefined when it is forged, or no longer good at `now`
 * (epoch milliseconds).
 */
export function readJoinPayload(
  signer: Signer,
  payload: string,
  now: number,
): { readonly maker: string; readonly until: number } | undefined {
  if (!JOIN_PAYLOAD.test(payload)) return undefined;
  const bytes = Buffer.from(payload, 'base64url');
  const names = bytes.subarray(0, ID_BYTES + UNTIL_BYTES);
  const given = bytes.subarray(ID_BYTES + UNTIL_BYTES);
  if (!isSame(given, signatureOf(signer, names))) return undefined;
  const until = names.readUInt32BE(ID_BYTES) * 1_000;
  if (now >= until) return undefined;
  const hex = names.subarray(0, ID_BYTES).toString('hex');
  return { maker: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), until };
}

function signatureOf(signer: Signer, names: Buffer): Buffer {
  const signature = Buffer.from(signer.sign(names.toString('hex')), 'base64url');
  return signature.subarray(0, SIGNATURE_BYTES);
}
