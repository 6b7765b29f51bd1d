import pino from 'pino';

export type Log = pino.Logger;

/**
 * Makes the structured log: JSON lines on standard error. Callers log codes, counts and ids, never a
 * supporter's words, e-mail, phone or a token; the redaction below is the second lock on that door.
 */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'text',
          'email',
          'phone',
          'token',
          'headers',
          '*.text',
          '*.email',
          '*.phone',
          '*.token',
          '*.headers',
        ],
        censor: '[redacted]',
      },
      serializers: { err: describeError },
    },
    pino.destination({ dest: 2, sync: false }),
  );
}

/** What of an error may be logged: its name, code and stack without its message, which may quote input. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '));
  const code = 'code' in error && typeof error.code !== 'object' ? error.code : undefined;
  return { type: error.name, code, stack: frames.slice(0, 12).map((line) => line.trim()) };
}
