/** Why a mail was not sent, or that nobody knows; the words are those of channels. */
export type MailFailure = {
  readonly type: 'failed';
  readonly reason: 'unreachable' | 'throttled' | 'rejected' | 'misconfigured' | 'in_doubt';
  /** Present when the server had no room for any other mail either. */
  readonly everybody?: true;
};

/** System calls that come before the server hears anything. */
const NOT_CONNECTED = new Set(['connect', 'getaddrinfo']);
/** What nodemailer calls a wrong password, no password, a TLS that fails, and settings it cannot use. */
const OURS_TO_MEND = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS', 'EREQUIRETLS', 'ECONFIG']);
/** Answers to the greeting of the recipient (RFC 5321, 4.2.3) that are about the sender instead. */
const ABOUT_US = new Set([530, 534, 535, 538]);

const LATER: MailFailure = { type: 'failed', reason: 'throttled', everybody: true };

/**
 * Makes a reason of what nodemailer threw. A 5xx to RCPT: nobody is there; to anything else: this mail
 * is not wanted. A 4xx, or a server that is away: later. What was cut without an answer is in doubt.
 */
export function readFailure(error: unknown): MailFailure {
  const { code, command, responseCode, syscall } = fieldsOf(error);
  if (typeof code === 'string' && OURS_TO_MEND.has(code)) {
    // A server that is too busy to check a password says so with a 4xx.
    return isLater(responseCode) ? LATER : failed('misconfigured');
  }
  if (typeof responseCode === 'number') {
    // A mailbox may be full, or its server may want to see whether we come again.
    if (isLater(responseCode)) return command === 'RCPT TO' ? failed('throttled') : LATER;
    if (ABOUT_US.has(responseCode)) return failed('misconfigured');
    if (command === 'RCPT TO') return failed('unreachable');
    return failed(command === 'MAIL FROM' ? 'misconfigured' : 'rejected');
  }
  // An address that nodemailer itself does not let pass: nothing was sent.
  if (code === 'EENVELOPE') return failed('unreachable');
  if (code === 'EDNS' || (typeof syscall === 'string' && NOT_CONNECTED.has(syscall))) {
    return LATER;
  }
  return failed('in_doubt');
}

function isLater(responseCode: unknown): boolean {
  return typeof responseCode === 'number' && responseCode >= 400 && responseCode < 500;
}

function failed(reason: MailFailure['reason']): MailFailure {
  return { type: 'failed', reason };
}

function fieldsOf(error: unknown): Readonly<Record<string, unknown>> {
  return typeof error === 'object' && error !== null ? { ...error } : {};
}
