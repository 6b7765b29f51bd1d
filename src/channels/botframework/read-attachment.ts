import { z } from 'zod';
import type { Input } from '../channel.js';

/** Signs of an id that is kept. */
const MOST_SIGNS = 2_000;
/**
 * Whose files are fetched: the networks' own. Elsewhere an address may be of a sender's choice, and lead
 * to where only this machine can look.
 */
const PUBLIC_HOSTS = /(?:^|\.)(?:botframework\.com|fbcdn\.net|fbsbx\.com|sharepoint\.com|svc\.ms)$/;

const attachment = z.object({
  contentType: z.string(),
  contentUrl: z.string().nullish(),
  content: z.unknown().optional(),
});
/** A file somebody sent in Teams, which names a link for a short time. */
const teamsFile = z.object({ downloadUrl: z.string(), fileType: z.string().nullish() });
const TEAMS_FILE = 'application/vnd.microsoft.teams.file.download.info';

type Sent = Extract<Input, { type: 'sent' }>;

/** Where a file is fetched from, and whether with our token. */
export type FilePlace = { readonly url: URL; readonly withToken: boolean };

/**
 * Reads a file that a message brought; undefined when it is none, but a card or the same text once more.
 * Its id says where it is fetched from; a file of a place we do not fetch from has none.
 */
export function readAttachment(payload: unknown, serviceUrl: string): Sent | undefined {
  const { data } = attachment.safeParse(payload);
  if (data === undefined) return undefined;
  const inTeams = data.contentType === TEAMS_FILE ? teamsFile.safeParse(data.content).data : null;
  const address = inTeams?.downloadUrl ?? data.contentUrl;
  if (!address) return undefined;
  const kind = inTeams ? (inTeams.fileType ?? '') : data.contentType;
  const id = fileId(address, serviceUrl);
  return { type: 'sent', media: mediaOf(kind), ...(id === undefined ? {} : { id }) };
}

function fileId(address: string, serviceUrl: string): string | undefined {
  if (address.length > MOST_SIGNS || !URL.canParse(address)) return undefined;
  const { protocol, origin, hostname, username } = new URL(address);
  if (protocol !== 'https:' || username !== '') return undefined;
  // What lies with the connector is given to those who have our token.
  if (URL.canParse(serviceUrl) && origin === new URL(serviceUrl).origin) return `own ${address}`;
  return PUBLIC_HOSTS.test(hostname) ? `public ${address}` : undefined;
}

/** Reads the id of a file; undefined when it is none of ours. */
export function readFileId(id: string): FilePlace | undefined {
  const [, whose, address] = /^(own|public) (https:\S+)$/.exec(id) ?? [];
  if (address === undefined || !URL.canParse(address)) return undefined;
  return { url: new URL(address), withToken: whose === 'own' };
}

function mediaOf(kind: string): 'photo' | 'voice' | 'video' | 'file' {
  if (/^image\b|^(?:jpe?g|png|gif|webp|heic)$/i.test(kind)) return 'photo';
  if (/^audio\b|^(?:mp3|m4a|ogg|wav)$/i.test(kind)) return 'voice';
  return /^video\b|^(?:mp4|mov|webm)$/i.test(kind) ? 'video' : 'file';
}
