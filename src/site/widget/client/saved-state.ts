import { EMPTY, type ChatState, type Conversation, type Entry, type Outgoing } from './state.js';

const FORMAT = 1;

/** Writes what a reload needs. */
export function writeState(state: ChatState): string {
  return JSON.stringify({ format: FORMAT, ...state });
}

/** Reads it again; anything that is not ours, or of another format, counts as nothing. */
export function readState(text: string | null): ChatState {
  const saved = parse(text);
  if (!isRecord(saved) || saved['format'] !== FORMAT) return EMPTY;
  const { conversation, watermark, entries, outgoing } = saved;
  if (!Array.isArray(entries) || !Array.isArray(outgoing)) return EMPTY;
  return {
    entries: entries.filter(isEntry),
    outgoing: outgoing.filter(isOutgoing),
    ...(isConversation(conversation) ? { conversation } : {}),
    ...(typeof watermark === 'string' ? { watermark } : {}),
  };
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isConversation(value: unknown): value is Conversation {
  return (
    isRecord(value) &&
    typeof value['id'] === 'string' &&
    typeof value['token'] === 'string' &&
    typeof value['userId'] === 'string' &&
    typeof value['renewAt'] === 'number' &&
    ['string', 'undefined'].includes(typeof value['resumeToken'])
  );
}

function isEntry(value: unknown): value is Entry {
  if (!isRecord(value) || typeof value['key'] !== 'string') return false;
  if (value['type'] === 'restart') return true;
  return (
    value['type'] === 'bubble' &&
    typeof value['id'] === 'string' &&
    typeof value['text'] === 'string' &&
    typeof value['at'] === 'number' &&
    Array.isArray(value['actions'])
  );
}

function isOutgoing(value: unknown): value is Outgoing {
  return (
    isRecord(value) &&
    typeof value['key'] === 'string' &&
    typeof value['text'] === 'string' &&
    typeof value['at'] === 'number' &&
    typeof value['state'] === 'string'
  );
}
