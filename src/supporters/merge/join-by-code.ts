import type { Json } from '../../engine/json.js';
import type { Phrase } from '../../engine/flow.js';
import type { Signer } from '../../sign.js';
import { sendOnce, type MailRow, type SendMail } from '../mails.js';
import type { People } from '../open-people.js';
import type { SupporterRecord } from '../record.js';
import type { JoinCodeRow } from './join-codes.js';
import type { Merging } from './merge-supporters.js';

/** The action that joins; it is done after all else, and never given up. */
export const JOIN = 'supporter.join';
/** How long a code is good for, and how long a right one waits for the profiles to be joined. */
export const CODE_LIFE_MS = 900_000;
const RIGHT_FOR_MS = 3_600_000;
/** Codes that may be tried before another one has to be asked for. */
export const MOST_TRIES = 5;
/** Codes one person may ask for in an hour, and codes to one address in a day, whoever asks. */
export const CODES_AN_HOUR = 3;
export const CODES_A_DAY = 5;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const DIGITS = 6;

type Act = {
  readonly supporter: string;
  readonly key: string;
  readonly with: { readonly [name: string]: Json };
};

export type JoinByCodeOptions = Pick<People, 'supporters' | 'mails' | 'joinCodes'> & {
  readonly merging: Pick<Merging, 'merge'>;
  readonly signer: Signer;
  readonly campaign: () => string;
  /** `join_code.subject` and `join_code.text` of the shared words in a language. */
  words(language: string, key: string): Phrase | undefined;
  readonly send: SendMail;
  /** Lets this process forget a supporter who is another one now. */
  forget(supporter: string): void;
  /** Tells somebody that the conversation goes on where they are. */
  welcome(supporter: string, key: string): Promise<void>;
  /** Told of what went wrong beside the conversation. */
  report(error: unknown): void;
  now(): number;
};

/** One person on another channel, by a code sent to the e-mail address they confirmed elsewhere. */
export type JoinByCode = {
  /**
   * The action `supporter.send_code`. Whether anybody is known by the address cannot be told from what it
   * answers, nor from how long that takes.
   */
  sendCode(act: Act): Promise<{ readonly state: 'sent' | 'too_many' }>;
  /** The action `supporter.check_code`: `expired` when another code has to be asked for. */
  checkCode(act: Act): Promise<{ readonly state: 'right' | 'wrong' | 'expired' }>;
  /**
   * The action `supporter.join`: after a right code, makes one profile of this one and the one known by
   * the address, whose conversation goes on here. It comes after all else that a turn asked for.
   */
  join(act: Act): Promise<void>;
  /** Lets mails under way leave. */
  settle(): Promise<void>;
};

export function createJoinByCode(options: JoinByCodeOptions): JoinByCode {
  const { supporters, mails, joinCodes, signer, now } = options;
  const underWay = new Set<Promise<void>>();
  const placeOf = (email: string): string => signer.sign(`to ${email}`);
  const askerOf = (supporter: string): string => signer.sign(`by ${supporter}`);
  const secretOf = (supporter: string, email: string, code: string): string =>
    `${supporter} ${email} ${code}`;
  const ago = (ms: number): { readonly $gt: Date } => ({ $gt: new Date(now() - ms) });

  /** Who confirmed this address, other than who asks; of several, the one heard of last. */
  async function knownBy(email: string, asker: string): Promise<SupporterRecord | undefined> {
    const found = await supporters.table.find({
      email,
      email_confirmed_at: { $exists: true },
      erasing: { $exists: false },
    });
    return found
      .filter(({ _id }) => _id !== asker)
      .sort((one, other) => heardAt(other) - heardAt(one))[0];
  }

  async function mailCode(asker: string, key: string, email: string, code: string): Promise<void> {
    const known = await knownBy(email, asker);
    if (known === undefined) return;
    const { language } = known;
    const subject = options.words(language, 'join_code.subject');
    const text = options.words(language, 'join_code.text');
    if (subject === undefined || text === undefined) {
      throw new Error(`common.yaml has no join_code words in "${language}".`);
    }
    const row: MailRow = {
      _id: key,
      supporter: asker,
      to: placeOf(email),
      state: 'sending',
      at: new Date(now()),
    };
    const campaign = options.campaign();
    await sendOnce(mails, row, options.send, {
      to: email,
      language,
      subject: subject.render({ campaign }),
      text: text.render({ campaign, code: `${code.slice(0, 3)} ${code.slice(3)}` }),
      kind: 'asked_for',
    });
  }

  /** The code last asked for, if it was for this address. */
  async function latest(asker: string, email: string): Promise<JoinCodeRow | undefined> {
    const [row] = await joinCodes.find({ by: askerOf(asker) }, { sort: { at: -1 }, limit: 1 });
    return row?.to === placeOf(email) ? row : undefined;
  }

  return {
    async settle() {
      await Promise.all(underWay);
    },

    async sendCode({ supporter, key, with: { email } }) {
      if (typeof email !== 'string') throw new TypeError('A code is sent to an e-mail address.');
      const _id = signer.sign(`act ${key}`);
      if ((await joinCodes.get(_id)) !== undefined) return { state: 'sent' };
      const [by, to] = [askerOf(supporter), placeOf(email)];
      const asked = await joinCodes.count({ by, at: ago(HOUR_MS) });
      const written = await joinCodes.count({ to, at: ago(DAY_MS) });
      if (asked >= CODES_AN_HOUR || written >= CODES_A_DAY) return { state: 'too_many' };
      const code = digitsOf(signer.sign(`code ${key}`));
      const row: JoinCodeRow = {
        _id,
        by,
        to,
        code: signer.sign(secretOf(supporter, email, code)),
        tries: [],
        state: 'open',
        at: new Date(now()),
      };
      await joinCodes.insert(row);
      // Not waited for: how long it takes would tell whether the address is known.
      const mailing = mailCode(supporter, key, email, code).catch(options.report);
      underWay.add(mailing);
      void mailing.then(() => underWay.delete(mailing));
      return { state: 'sent' };
    },

    async checkCode({ supporter, key, with: { email, code } }) {
      if (typeof email !== 'string' || typeof code !== 'string') return { state: 'wrong' };
      const digits = code.replace(/\D/g, '');
      // No code at all, so none was tried.
      if (digits.length !== DIGITS) return { state: 'wrong' };
      const act = signer.sign(`act ${key}`);
      for (;;) {
        const row = await latest(supporter, email);
        if (row === undefined || row.state === 'used') return { state: 'expired' };
        if (row.at.getTime() + CODE_LIFE_MS <= now()) return { state: 'expired' };
        const isAgain = row.tries.includes(act);
        if (!isAgain && row.tries.length >= MOST_TRIES) return { state: 'expired' };
        const tries = isAgain ? row.tries : [...row.tries, act];
        const isRight = signer.matches(secretOf(supporter, email, digits), row.code);
        const next: JoinCodeRow = { ...row, tries, state: isRight ? 'right' : row.state };
        // Of two tries at once, one is counted first.
        if (!(await joinCodes.replaceIf({ tries: row.tries, state: row.state }, next))) continue;
        if (isRight) return { state: 'right' };
        return { state: tries.length < MOST_TRIES ? 'wrong' : 'expired' };
      }
    },

    async join({ supporter, key, with: { email } }) {
      if (typeof email !== 'string') return;
      const row = await latest(supporter, email);
      if (row?.state !== 'right' || row.at.getTime() + RIGHT_FOR_MS <= now()) return;
      const known = await knownBy(email, supporter);
      if (known !== undefined) {
        const outcome = await options.merging.merge(
          known._id,
          supporter,
          { type: 'code' },
          { goesOn: 'kept', act: key.slice(supporter.length + 1) },
        );
        if (outcome.type === 'refused' && outcome.reason === 'busy') {
          throw new Error('Something is still being sent to one of the two.');
        }
        if (outcome.type === 'done') {
          options.forget(supporter);
          await options.welcome(known._id, key);
        }
      }
      await joinCodes.replaceIf({ state: 'right' }, { ...row, state: 'used' });
    },
  };
}

function heardAt({ heard_at: heard, created_at: created }: SupporterRecord): number {
  return (heard ?? created).getTime();
}

/** Six digits of a hash; of its 48 bits used, no code is likelier than another by a millionth. */
function digitsOf(hash: string): string {
  const number = Buffer.from(hash, 'base64url').readUIntBE(0, 6) % 10 ** DIGITS;
  return String(number).padStart(DIGITS, '0');
}
