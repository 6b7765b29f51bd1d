import { moved } from '../../outreach/messages/message.js';
import { moveMessage } from '../../outreach/messages/move-message.js';
import { countUnknown, resendUnknown } from '../../outreach/messages/resend-unknown.js';
import { Refusal } from '../refusal.js';
import { withPeople } from '../with-people.js';
import { write } from '../write.js';
import { findMessage } from './at-hand.js';

type Options = { readonly json?: boolean };

/** `portevoix messages pause|resume|cancel ID`. */
export async function moveOne(
  id: string,
  move: 'pause' | 'resume' | 'cancel',
  { json }: Options,
): Promise<void> {
  await withPeople(async (people) => {
    const before = await findMessage(people, id);
    const after = await moveMessage(people.messages, id, move, new Date());
    if (after === undefined) {
      throw new Refusal(`This message is ${before.state}, so there is nothing to ${move}.`);
    }
    const { state } = after;
    await write(json === true ? `${JSON.stringify({ id, state })}\n` : `It is ${state}.\n`);
  });
}

/** `portevoix messages resend ID`. */
export async function resendDoubted(
  id: string,
  { yes, json }: Options & { readonly yes?: boolean },
): Promise<void> {
  await withPeople(async (people) => {
    const { state } = await findMessage(people, id);
    if (moved(state, 'reopen') === undefined) {
      throw new Refusal(
        `This message is ${state}: what may have arrived is sent again once it is done.`,
      );
    }
    const unknown = await countUnknown(people, id);
    if (unknown === 0) throw new Refusal('There is none of which nobody knows whether it arrived.');
    if (yes !== true) {
      throw new Refusal(
        `${unknown} may have it already and would get it twice: add --yes when you are sure.`,
      );
    }
    const resent = await resendUnknown(people, id, new Date());
    await write(
      json === true ? `${JSON.stringify({ id, resent })}\n` : `${resent} are sent again.\n`,
    );
  });
}
