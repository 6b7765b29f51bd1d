/** Kinds of steps, each the key that makes a step one. */
export const STEP_KINDS = [
  'say',
  'collect',
  'set',
  'action',
  'call',
  'link',
  'branch',
  'wait',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

const SHARED_KEYS = ['id', 'next', 'checkpoint'] as const;

/** Keys each kind of step may have. */
export const STEP_KEYS: Readonly<Record<StepKind, readonly string[]>> = {
  say: ['say', 'notice', ...SHARED_KEYS],
  collect: [
    'collect',
    'type',
    'options',
    'options_from',
    'into',
    'optional',
    'passing',
    'or_text',
    'min',
    'max',
    'attempts',
    'give_up',
    'consent',
    'remind_in',
    'expire_in',
    ...SHARED_KEYS,
  ],
  set: ['set', ...SHARED_KEYS],
  action: ['action', 'with', 'give_up', ...SHARED_KEYS],
  call: ['call', ...SHARED_KEYS],
  link: ['link', 'id', 'checkpoint'],
  branch: ['branch', ...SHARED_KEYS],
  wait: ['wait', ...SHARED_KEYS],
};

/** Channels a campaign can enable. */
export const CHANNELS = [
  'web',
  'telegram',
  'whatsapp',
  'botframework',
  'email',
  'terminal',
] as const;

/** Channels that a consent may be limited to. */
export const CONSENT_CHANNELS = [
  'email',
  'phone',
  'sms',
  'post',
  'telegram',
  'whatsapp',
  'web',
] as const;

/** Arguments that every phrase may use besides the answers. */
export const PHRASE_ARGUMENTS = [
  'firstName',
  'campaign',
  'candidate',
  'agent',
  'agentSince',
  'election',
  'ballotDay',
  'opens',
  'closes',
  'now',
] as const;

/** Notices that the law wants said before something is asked for. */
export const NOTICES = ['donation'] as const;
export type Notice = (typeof NOTICES)[number];

/** Names of files that are not flows. */
export const RESERVED_FLOWS = ['campaign', 'common', 'intents', 'stop-words', 'synonyms'] as const;

/** Words of CEL that cannot be names. */
export const CEL_WORDS = [
  'as',
  'break',
  'const',
  'continue',
  'else',
  'false',
  'for',
  'function',
  'if',
  'import',
  'in',
  'let',
  'loop',
  'namespace',
  'null',
  'package',
  'return',
  'true',
  'var',
  'void',
  'while',
] as const;
