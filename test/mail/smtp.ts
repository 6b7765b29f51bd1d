import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

/** How the server treats the next mail: refuses its recipient or the mail itself, or hangs up on it. */
export type Fault =
  | { readonly at: 'auth' | 'rcpt' | 'data'; readonly code: number }
  /** Takes the whole mail, and is gone before it says so. */
  | { readonly at: 'end' };

/** A mail as the server got it. */
export type Received = {
  readonly to: string;
  /** A field of its head, on one line; undefined when there is none. */
  head(name: string): string | undefined;
  /** A part of its body, decoded: of a type such as `text/plain`. */
  part(type: string): string;
};

/** A real SMTP server on this machine. */
export type Smtp = {
  readonly url: string;
  readonly received: readonly Received[];
  /** Faults of the mails to come, one each. */
  readonly faults: Fault[];
  close(): Promise<void>;
};

/** Starts it; with a password it lets in nobody else. */
export async function startSmtp(password?: string): Promise<Smtp> {
  const received: Received[] = [];
  const faults: Fault[] = [];
  const refuse = (code: number): Error => Object.assign(new Error('no'), { responseCode: code });
  const server = new SMTPServer({
    authOptional: password === undefined,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth(given, _session, done) {
      const [fault] = faults;
      if (fault?.at === 'auth') faults.shift();
      if (fault?.at === 'auth') done(refuse(fault.code));
      else if (given.password === password) done(null, { user: 'us' });
      else done(refuse(535));
    },
    onRcptTo(_address, _session, done) {
      const [fault] = faults;
      if (fault?.at !== 'rcpt') return done();
      faults.shift();
      done(refuse(fault.code));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const fault = faults.shift();
        if (fault?.at === 'data') return done(refuse(fault.code));
        const to = session.envelope.rcptTo.map(({ address }) => address).join(' ');
        received.push(readMail(to, Buffer.concat(chunks).toString('utf8')));
        if (fault?.at === 'end') cut();
        else done();
      });
    },
  });
  /** Every connection, without a word. */
  function cut(): void {
    for (const connection of connections) connection.destroy();
  }
  const connections = new Set<{ destroy(): void }>();
  server.server.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const bound = server.server.address();
  const port = typeof bound === 'object' ? bound?.port : undefined;
  const login = password === undefined ? '' : `us:${password}@`;
  return {
    url: `smtp://${login}127.0.0.1:${port}`,
    received,
    faults,
    async close() {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Reads what this program sends: one level of parts, quoted-printable, base64 or plain. */
export function readMail(to: string, raw: string): Received {
  const { fields, body } = split(raw);
  const boundary = /boundary="([^"]+)"/.exec(fields.get('content-type') ?? '')?.[1];
  const parts =
    boundary === undefined
      ? [{ fields, body }]
      : body
          .split(`--${boundary}`)
          .slice(1, -1)
          .map((part) => split(part.replace(/^\r\n/, '')));
  return {
    to,
    head: (name) => fields.get(name.toLowerCase()),
    part(type) {
      const found = parts.find((part) => (part.fields.get('content-type') ?? '').startsWith(type));
      if (found === undefined) throw new Error(`The mail has no ${type}.`);
      return decode(found.body, found.fields.get('content-transfer-encoding')).trimEnd();
    },
  };
}

function split(text: string): { fields: ReadonlyMap<string, string>; body: string } {
  const end = text.indexOf('\r\n\r\n');
  const head = text.slice(0, end).replace(/\r\n[ \t]+/g, ' ');
  const fields = head.split('\r\n').map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { fields: new Map(fields), body: text.slice(end + 4) };
}

function decode(body: string, encoding: string | undefined): string {
  const unix = (text: string): string => text.replaceAll('\r\n', '\n');
  if (encoding === 'base64') return unix(Buffer.from(body, 'base64').toString('utf8'));
  if (encoding !== 'quoted-printable') return unix(body);
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return unix(Buffer.from(bytes, 'latin1').toString('utf8'));
}
