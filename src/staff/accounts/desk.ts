import type { Signer } from '../../sign.js';
import type { SessionView } from '../api.js';
import { csrfOf } from '../identify.js';
import { MAY } from '../permissions.js';
import { ApiRefusal, type Call } from '../route.js';
import type { StaffTables } from '../staff-tables.js';
import type { MemberRow } from './members.js';
import { isPassword } from './password.js';
import { readCode } from './second-factor.js';
import type { Seal } from './secrets.js';

/** What routes about accounts work with. */
export type DeskOptions = {
  readonly tables: StaffTables;
  readonly csrf: Signer;
  readonly seal: Seal;
  campaign(): SessionView['campaign'];
  /** Milliseconds until this account or address may be tried again; 0: now. */
  holdOffSignIn(key: string): number;
};

/** Checks who somebody is, and signs them in. */
export type Desk = {
  /** Refuses who tried too often from there, or for that account. */
  slowDown(call: Call, account?: string): void;
  /** The member whose session calls. */
  self(call: Call): Promise<MemberRow>;
  checkPassword(member: MemberRow, password: string): Promise<void>;
  /** Asks for the code of the second factor, where there is one, and takes it once. */
  checkCode(member: MemberRow, code: string | undefined, at: Date): Promise<void>;
  /** Begins a session in the calling browser. */
  signIn(member: MemberRow, call: Call): Promise<SessionView>;
  view(member: MemberRow, session: string): SessionView;
};

/** Makes the desk of all accounts. */
export function createDesk({ tables, csrf, seal, campaign, holdOffSignIn }: DeskOptions): Desk {
  const { members, sessions } = tables;

  function view(member: MemberRow, session: string): SessionView {
    const { _id: id, email, name, role } = member;
    return {
      id,
      email,
      name,
      role,
      permissions: MAY[role],
      hasPassword: member.password !== undefined,
      hasSecondFactor: member.second_factor !== undefined,
      csrf: csrfOf(csrf, session),
      campaign: campaign(),
    };
  }

  return {
    slowDown(call, account) {
      const keys = account === undefined ? [] : [`account ${account}`];
      const waits = [...keys, `address ${call.address}`].map(holdOffSignIn);
      const waitMs = Math.max(...waits);
      if (waitMs === 0) return;
      throw new ApiRefusal(429, 'too_many', 'Too many tries: wait a little.', {
        retryAfterS: Math.ceil(waitMs / 1_000),
      });
    },
    async self({ caller }) {
      const member = caller.type === 'person' ? await members.get(caller.id) : undefined;
      if (member === undefined) throw new ApiRefusal(401, 'signed_out', 'Sign in first.');
      return member;
    },
    async checkPassword(member, password) {
      if (await isPassword(member.password, password)) return;
      throw new ApiRefusal(422, 'wrong_password', 'This is not the password.');
    },
    async checkCode(member, code, at) {
      if (member.second_factor === undefined) return;
      if (code === undefined || code === '') {
        throw new ApiRefusal(422, 'code_needed', 'A code of the second factor is needed.');
      }
      const { second_factor: seen } = member;
      const secret = seal.open(seen.secret);
      const step = secret === undefined ? undefined : readCode(secret, code, at, seen.step);
      if (step === undefined) throw wrongCode();
      // Of two at once with one code, one gets in.
      let isTaken = false;
      await members.change(member._id, (row) => {
        const { second_factor: factor } = row;
        isTaken = factor !== undefined && factor.step === seen.step;
        return isTaken && factor !== undefined
          ? { ...row, second_factor: { ...factor, step } }
          : row;
      });
      if (!isTaken) throw wrongCode();
    },
    async signIn(member, call) {
      const { row, secret } = await sessions.begin(member._id, call.agent, call.at);
      const next = await members.change(member._id, (found) => ({
        ...found,
        signed_in_at: call.at,
      }));
      call.setSession(secret);
      await call.note({ action: 'signedIn', who: { id: member._id, name: member.name } });
      return view(next ?? member, row._id);
    },
    view,
  };
}

function wrongCode(): ApiRefusal {
  return new ApiRefusal(422, 'wrong_code', 'This is not the code, or it was used already.');
}
