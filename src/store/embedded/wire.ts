/** Operation codes of the wire protocol that this server reads or writes. */
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

const HEADER_BYTES = 16;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** Bits 0 to 15 of the flags must be understood by the server; of these only two exist. */
const REQUIRED_FLAGS = 0xffff;

/** The longest message accepted, as told in `hello`. */
export const MAX_MESSAGE_BYTES = 48_000_000;

/** One request as it came over the wire; documents are still BSON. */
export type WireRequest = {
  requestId: number;
  /** The whole message. */
  frame: Uint8Array;
  form: 'message' | 'query';
  /** The command itself. */
  body: Uint8Array;
  /** The database of an OP_QUERY; an OP_MSG names it in `$db`. */
  database: string | undefined;
  /** Documents sent beside the body, by the field they belong to. */
  sequences: Map<string, Uint8Array[]>;
  /** The client waits for no reply (moreToCome). */
  silent: boolean;
};

/** A frame that does not follow the protocol; the connection that sent it is closed. */
export class WireError extends Error {}

/** Cuts a byte stream into whole messages; `push` throws `WireError` on an impossible length. */
export function createFrameReader(): { push(chunk: Buffer): Buffer[] } {
  let chunks: Buffer[] = [];
  let held = 0;
  let wanted = HEADER_BYTES;
  return {
    push(chunk) {
      chunks.push(chunk);
      held += chunk.length;
      const frames: Buffer[] = [];
      if (held < wanted) return frames;
      let data = chunks.length === 1 ? chunk : Buffer.concat(chunks, held);
      wanted = HEADER_BYTES;
      while (data.length >= HEADER_BYTES) {
        const length = data.readInt32LE(0);
        if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) {
          throw new WireError(`A message cannot be ${length} bytes long.`);
        }
        if (data.length < length) {
          wanted = length;
          break;
        }
        frames.push(data.subarray(0, length));
        data = data.subarray(length);
      }
      chunks = data.length > 0 ? [data] : [];
      held = data.length;
      return frames;
    },
  };
}

/** Reads one whole message; throws `WireError` when it is malformed or of an unknown kind. */
export function readRequest(frame: Buffer): WireRequest {
  const requestId = frame.readInt32LE(4);
  const opCode = frame.readInt32LE(12);
  if (opCode === OP_MSG) return readMessage(frame, requestId);
  if (opCode === OP_QUERY) return readQuery(frame, requestId);
  throw new WireError(`Operation code ${opCode} is not spoken here.`);
}

function readMessage(frame: Buffer, requestId: number): WireRequest {
  if (frame.length < HEADER_BYTES + 5) throw new WireError('The message is cut short.');
  const flags = frame.readUInt32LE(HEADER_BYTES);
  if ((flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0) {
    throw new WireError(`The flags ${flags} are unknown.`);
  }
  const end = flags & CHECKSUM_PRESENT ? frame.length - 4 : frame.length;
  const sequences = new Map<string, Uint8Array[]>();
  let body: Uint8Array | undefined;
  let at = HEADER_BYTES + 4;
  while (at < end) {
    const kind = frame[at];
    at += 1;
    if (kind === 0) {
      if (body) throw new WireError('The message has two bodies.');
      body = readDocument(frame, at, end);
      at += body.length;
    } else if (kind === 1) {
      const size = readSize(frame, at, end);
      readSequence(frame, at + 4, at + size, sequences);
      at += size;
    } else {
      throw new WireError(`A section of kind ${kind} is unknown.`);
    }
  }
  if (!body) throw new WireError('The message has no body.');
  const silent = (flags & MORE_TO_COME) !== 0;
  return { requestId, frame, form: 'message', body, database: undefined, sequences, silent };
}

function readSequence(
  frame: Buffer,
  start: number,
  end: number,
  sequences: Map<string, Uint8Array[]>,
): void {
  const zero = frame.indexOf(0, start);
  if (zero < 0 || zero >= end) throw new WireError('A sequence has no name.');
  const name = frame.toString('utf8', start, zero);
  if (sequences.has(name)) throw new WireError('A sequence is sent twice.');
  const documents: Uint8Array[] = [];
  let at = zero + 1;
  while (at < end) {
    const document = readDocument(frame, at, end);
    documents.push(document);
    at += document.length;
  }
  sequences.set(name, documents);
}

function readQuery(frame: Buffer, requestId: number): WireRequest {
  const start = HEADER_BYTES + 4;
  const zero = frame.indexOf(0, start);
  if (zero < 0 || zero + 9 > frame.length) throw new WireError('The query is cut short.');
  const name = frame.toString('utf8', start, zero);
  if (!name.endsWith('.$cmd')) throw new WireError('Only commands may be sent as OP_QUERY.');
  const body = readDocument(frame, zero + 9, frame.length);
  const database = name.slice(0, -'.$cmd'.length);
  return { requestId, frame, form: 'query', body, database, sequences: new Map(), silent: false };
}

function readSize(frame: Buffer, at: number, end: number): number {
  if (at + 4 > end) throw new WireError('A section is cut short.');
  const size = frame.readInt32LE(at);
  if (size < 5 || at + size > end) throw new WireError('A section has an impossible length.');
  return size;
}

function readDocument(frame: Buffer, at: number, end: number): Uint8Array {
  const size = readSize(frame, at, end);
  if (frame[at + size - 1] !== 0) throw new WireError('A document has no end.');
  return frame.subarray(at, at + size);
}

/** The bytes of the answer to a request, in the form in which the request came. */
export function writeReply(request: WireRequest, replyId: number, body: Uint8Array): Buffer {
  const query = request.form === 'query';
  const prefix = query ? HEADER_BYTES + 20 : HEADER_BYTES + 5;
  const frame = Buffer.allocUnsafe(prefix + body.length);
  frame.writeInt32LE(frame.length, 0);
  frame.writeInt32LE(replyId, 4);
  frame.writeInt32LE(request.requestId, 8);
  frame.writeInt32LE(query ? OP_REPLY : OP_MSG, 12);
  frame.fill(0, HEADER_BYTES, prefix);
  // OP_REPLY: flags 8 (await capable), no cursor, from 0, one document.
  if (query) {
    frame.writeInt32LE(8, HEADER_BYTES);
    frame.writeInt32LE(1, HEADER_BYTES + 16);
  }
  frame.set(body, prefix);
  return frame;
}

/** A request as a client sends it, with no sections beside the body. */
export function writeRequest(requestId: number, body: Uint8Array): Buffer {
  const frame = Buffer.alloc(HEADER_BYTES + 5 + body.length);
  frame.writeInt32LE(frame.length, 0);
  frame.writeInt32LE(requestId, 4);
  frame.writeInt32LE(OP_MSG, 12);
  frame.set(body, HEADER_BYTES + 5);
  return frame;
}

/** The body of an answer to `writeRequest`; throws `WireError` when it is something else. */
export function readAnswer(frame: Buffer): Uint8Array {
  if (frame.readInt32LE(12) !== OP_MSG) throw new WireError('That is no answer.');
  return readMessage(frame, frame.readInt32LE(4)).body;
}
