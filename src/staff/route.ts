import type { z } from 'zod';
import type { InputOf, OutputOf, Permission, Role, RouteKey } from './api.js';

/** Who calls. */
export type Caller =
  | { readonly type: 'nobody' }
  /** Somebody who signed in; `session` names the place where. */
  | {
      readonly type: 'person';
      readonly id: string;
      readonly name: string;
      readonly role: Role;
      readonly session: string;
    }
  /** A program with a token. */
  | { readonly type: 'program'; readonly id: string; readonly name: string; readonly role: Role };

/** One call of a route. */
export type Call = {
  readonly caller: Caller;
  readonly at: Date;
  /** Where it comes from: the network address, and the browser as it names itself. */
  readonly address: string;
  readonly agent: string;
  /** Signs this browser in, or out. */
  setSession(token: string | undefined): void;
  /** Enters into the audit log what the route itself does not say. */
  note(entry: Note): Promise<void>;
};

/** What an entry of the audit log says beside who, when and which route. */
export type Note = {
  readonly action: string;
  readonly supporter?: string;
  readonly about?: string;
  readonly who?: { readonly id: string; readonly name: string };
};

/** Who may call a route: those with a permission, whoever signed in (no program), or anybody. */
export type Access = Permission | 'signed_in' | 'anybody';

/** What all kinds of routes say. */
type Common<K extends RouteKey> = {
  readonly key: K;
  /** Unique; names the route in the audit log and the OpenAPI document. */
  readonly name: string;
  /** One sentence for whoever calls the API. */
  readonly summary: string;
  readonly access: Access;
  /** Path, query and body as one. */
  readonly input: z.ZodType<InputOf<K>>;
  /**
   * What of a call goes into the audit log; every change and every look at a supporter does. `itself`: the
   * route notes what it does.
   */
  readonly audit: 'nothing' | 'itself' | ((input: InputOf<K>) => Omit<Note, 'action' | 'who'>);
  /** Bytes of the largest body; 256 kB without it. */
  readonly mostBytes?: number;
};

/** Answers with JSON. */
export type JsonRoute<K extends RouteKey> = Common<K> & {
  readonly type: 'json';
  readonly output: z.ZodType<OutputOf<K>>;
  handle(input: InputOf<K>, call: Call): Promise<OutputOf<K>>;
};

/** Tells of events as they come (server-sent events), until the client leaves. */
export type EventsRoute<K extends RouteKey> = Common<K> & {
  readonly type: 'events';
  readonly output: z.ZodType<OutputOf<K>>;
  /** Answers what ends it. */
  open(input: InputOf<K>, call: Call, tell: (event: OutputOf<K>) => void): () => void;
};

/** Answers with a file, piece by piece. */
export type FileRoute<K extends RouteKey> = Common<K> & {
  readonly type: 'file';
  readonly contentType: string;
  produce(input: InputOf<K>, call: Call): Promise<Produced>;
};

export type Produced = {
  readonly name: string;
  readonly pieces: AsyncIterable<string | Uint8Array>;
  /** It is looked at in the browser, such as a page to be printed, and not kept as a file. */
  readonly isShown?: true;
};

type AnyOf<K extends RouteKey> = JsonRoute<K> | EventsRoute<K> | FileRoute<K>;

/** A route as the server mounts it: what it takes and gives was checked where it was defined. */
export type Route = {
  readonly key: RouteKey;
  readonly name: string;
  readonly summary: string;
  readonly access: Access;
  readonly mostBytes?: number;
  readonly input: z.ZodType;
  readonly audits: boolean;
  readonly answers: Answers;
  /** Reads the input; refuses with every fault of it at once. */
  begin(input: unknown, call: Call): Begun;
};

type Answers =
  | { readonly type: 'json'; readonly output: z.ZodType }
  | { readonly type: 'events'; readonly output: z.ZodType }
  | { readonly type: 'file'; readonly contentType: string };

/** A call whose input was read. */
export type Begun =
  | { readonly type: 'invalid'; readonly issues: readonly z.core.$ZodIssue[] }
  | {
      readonly type: 'read';
      /** What goes into the audit log before it is done; absent: nothing. */
      readonly note?: Omit<Note, 'who'>;
      readonly answer: Answering;
    };
export type Answering =
  | { readonly type: 'json'; run(): Promise<unknown> }
  | { readonly type: 'events'; open(tell: (event: unknown) => void): () => void }
  | {
      readonly type: 'file';
      produce(): Promise<Produced>;
    };

/** Defines a route; the compiler holds its input and output to what `api.ts` promises. */
export function defineRoute<K extends RouteKey>(route: AnyOf<K>): Route {
  const { key, name, summary, access, input, audit, mostBytes } = route;
  return {
    key,
    name,
    summary,
    access,
    input,
    audits: audit !== 'nothing',
    ...(mostBytes === undefined ? {} : { mostBytes }),
    answers: answersOf(route),
    begin(given, call) {
      const read = input.safeParse(given);
      if (!read.success) return { type: 'invalid', issues: read.error.issues };
      const about = typeof audit === 'function' ? audit(read.data) : undefined;
      return {
        type: 'read',
        ...(about === undefined ? {} : { note: { action: name, ...about } }),
        answer: answering(route, read.data, call),
      };
    },
  };
}

function answersOf<K extends RouteKey>(route: AnyOf<K>): Answers {
  switch (route.type) {
    case 'json':
    case 'events':
      return { type: route.type, output: route.output };
    case 'file':
      return { type: 'file', contentType: route.contentType };
    default:
      return route satisfies never;
  }
}

function answering<K extends RouteKey>(route: AnyOf<K>, input: InputOf<K>, call: Call): Answering {
  switch (route.type) {
    case 'json':
      return { type: 'json', run: () => route.handle(input, call) };
    case 'events':
      return { type: 'events', open: (tell) => route.open(input, call, tell) };
    case 'file':
      return { type: 'file', produce: () => route.produce(input, call) };
    default:
      return route satisfies never;
  }
}

/** A call that is refused; its code and sentence go to whoever called. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 503,
    readonly code: string,
    message: string,
    readonly more: {
      readonly fields?: readonly { readonly path: string; readonly message: string }[];
      readonly retryAfterS?: number;
    } = {},
  ) {
    super(message);
  }
}
