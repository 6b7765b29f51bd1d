import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { identifyProcess } from './process-identity.js';
import type { Storage } from './storage.js';

/** Who serves a store, as the lock file says. */
export type Owner = {
  /** Made anew by every owner. */
  token: string;
  pid: number;
  /** Tells the process from a later one with the same number. */
  process: string;
  socket: string;
  storeId: string;
  /** A server, which stays; not a short command, which ends soon. */
  lasting: boolean;
};

// Node cuts a socket path after about 107 bytes without a word.
const LONGEST_SOCKET_PATH = 100;

const OWNER = Buffer.from('owner');

/** The folder of the embedded store in a data folder; both are made for their owner's eyes only. */
export function prepareFolder(dataDir: string): string {
  const data = resolve(dataDir);
  const folder = join(data, 'store');
  // A folder that holds other things as well keeps its mode; the store within is closed anyway.
  const ours = !existsSync(data) || readdirSync(data).length === 0 || existsSync(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  if (ours) chmodSync(data, 0o700);
  return folder;
}

/** Reads the lock file; undefined when there is none that makes sense. */
export function readOwner(folder: string): Owner | undefined {
  try {
    return parseOwner(readFileSync(lockPath(folder), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Whether the process that owns the store is still there. */
export function isAlive(owner: Owner): boolean {
  return identifyProcess(owner.pid) === owner.process;
}

/**
 * Makes this process the owner, unless another one that lives already is. The claim lies in the
 * store itself and is made in a transaction, so that of two processes exactly one wins.
 */
export async function claimStore(
  storage: Storage,
  folder: string,
  storeId: string,
  lasting: boolean,
): Promise<Owner | undefined> {
  const identity = identifyProcess(process.pid);
  if (identity === undefined) throw new Error('This process cannot be told from others.');
  let claimed: Owner | undefined;
  await storage.commit(() => {
    const known = storage.get('meta', OWNER);
    const before = known && parseOwner(Buffer.from(known).toString());
    if (before && isAlive(before)) return;
    const socket = chooseSocket(folder, before?.socket);
    claimed = {
      token: randomUUID(),
      pid: process.pid,
      process: identity,
      socket,
      storeId,
      lasting,
    };
    storage.put('meta', OWNER, Buffer.from(JSON.stringify(claimed)));
  });
  return claimed;
}

/** Throws when another process has become the owner since; called inside every commit. */
export function checkOwner(storage: Storage, owner: Owner): void {
  const known = storage.get('meta', OWNER);
  if (!known || Buffer.from(known).indexOf(owner.token) < 0) {
    throw new Error('Another process has taken over the embedded store; this one must stop.');
  }
}

/** Tells others, through the lock file, where the store is served. */
export function announceOwner(folder: string, owner: Owner): void {
  const draft = `${lockPath(folder)}.${owner.token}`;
  writeFileSync(draft, `${JSON.stringify(owner, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(draft, lockPath(folder));
}

/** Gives the store up; keeps the folder of the socket when clients will look for it again. */
export async function releaseStore(
  storage: Storage,
  folder: string,
  owner: Owner,
  clientsLeft: boolean,
): Promise<void> {
  await storage.commit(() => {
    checkOwner(storage, owner);
    if (!clientsLeft) storage.remove('meta', OWNER);
    else storage.put('meta', OWNER, Buffer.from(JSON.stringify({ ...owner, process: 'ended' })));
    // While still the owner: the next one puts its own files in the same places.
    rmSync(lockPath(folder), { force: true });
    rmSync(owner.socket, { force: true });
    if (!clientsLeft && dirname(owner.socket) !== folder) {
      rmSync(dirname(owner.socket), { recursive: true, force: true });
    }
  });
}

function lockPath(folder: string): string {
  return join(folder, 'owner.json');
}

// Clients of a predecessor look for the socket where it was.
function chooseSocket(folder: string, before: string | undefined): string {
  const near = join(folder, 'store.sock');
  if (Buffer.byteLength(near) <= LONGEST_SOCKET_PATH) return near;
  if (before && isPrivateFolder(dirname(before))) return before;
  return join(mkdtempSync(join(tmpdir(), 'portevoix-')), 'store.sock');
}

function isPrivateFolder(path: string): boolean {
  try {
    const found = lstatSync(path);
    return (
      found.isDirectory() && (found.mode & 0o777) === 0o700 && found.uid === process.getuid?.()
    );
  } catch {
    return false;
  }
}

function parseOwner(text: string): Owner | undefined {
  const found: unknown = JSON.parse(text);
  if (typeof found !== 'object' || found === null) return undefined;
  const entries: Partial<Record<keyof Owner, unknown>> = found;
  const { token, pid, process: began, socket, storeId, lasting } = entries;
  if (typeof token !== 'string' || typeof pid !== 'number' || typeof began !== 'string') {
    return undefined;
  }
  if (typeof socket !== 'string' || typeof storeId !== 'string') return undefined;
  return { token, pid, process: began, socket, storeId, lasting: lasting === true };
}
